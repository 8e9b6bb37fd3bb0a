using System.Collections.Concurrent;
using System.Diagnostics;
using SparseProp.EndToEnd;
using SparseProp.Service.Hosting.Security;

[assembly: AssemblyFixture(typeof(SparseProp.Deployment.Tests.Kubernetes.Kustomize))]

namespace SparseProp.Deployment.Tests.Kubernetes;

/// <summary>Renders the folders of <c>k8s/</c> in a copy, with keys made as the README tells to.</summary>
public sealed class Kustomize : IDisposable
{
    private static readonly string Delivered = Path.Combine(AppContext.BaseDirectory, "k8s");

    private readonly WorkFolder _copy = new();
    private readonly ConcurrentDictionary<string, Lazy<string>> _rendered = [];

    public Kustomize()
    {
        foreach (var file in Directory.EnumerateFiles(Delivered, "*", SearchOption.AllDirectories))
        {
            Write(Path.GetRelativePath(Delivered, file), File.ReadAllText(file));
        }

        var keys = In("setup/keys");
        ClusterCertificates.Create(keys, "node", [], TimeSpan.FromDays(1), TimeProvider.System.GetUtcNow());
        File.WriteAllText(Path.Combine(keys, "token"), "a-token");
    }

    public void Dispose() => _copy.Dispose();

    /// <summary>Adds a file to the copy.</summary>
    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(path))!);
        File.WriteAllText(In(path), text);
    }

    /// <summary>What kubectl makes of a folder. Skips the test where there is no kubectl.</summary>
    public string Render(string folder)
    {
        Assert.SkipUnless(IsThere("kubectl"), "there is no kubectl on the PATH");
        return _rendered.GetOrAdd(folder, _ => new Lazy<string>(() => Run("kubectl", "kustomize", In(folder)))).Value;
    }

    /// <summary>All that is applied to a cluster of an overlay: what is set up once, the overlay, and the Job that submits.</summary>
    internal Manifests RenderCluster(string overlay)
    {
        string[] folders = ["setup", $"overlays/{overlay}", $"overlays/{overlay}/submit"];
        var store = $"overlays/{overlay}/store";
        return Manifests.Parse([.. folders, .. Directory.Exists(In(store)) ? [store] : Array.Empty<string>()], Render);
    }

    private string In(string path) => _copy.In(path);

    private static bool IsThere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder =>
            File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, $"{program}.exe")));

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {errors.GetAwaiter().GetResult()}");
    }
}
