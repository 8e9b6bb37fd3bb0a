namespace SparseProp.Cluster.Tests;

/// <summary>Settings of a test kit that waits for what it expects as long as any test does, and not for three seconds.</summary>
internal static class PatientTestKit
{
    public static string Settings { get; } =
        $"akka.test {{ single-expect-default = {Hang.Milliseconds}ms, default-timeout = {Hang.Milliseconds}ms, filter-leeway = {Hang.Milliseconds}ms }}\n";
}
