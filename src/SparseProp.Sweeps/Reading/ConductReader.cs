using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Reading;

/// <summary>Reads <c>verify</c> and <c>priority</c>: how a sweep is conducted, whatever its points are.</summary>
internal sealed class ConductReader(ErrorList errors)
{
    private const int MostPriority = 100;

    /// <summary>The share of the points to run twice, from 0 to 1; 0 after noting what is wrong with it.</summary>
    public double ReadVerify(MapEntry entry)
    {
        if (NumberIn(entry, "verify: 0.02") is not { } scalar)
        {
            return 0;
        }

        if (Numbers.TryReal(scalar.Text, out var share) is { } problem)
        {
            errors.Add(scalar.At, entry.Key, problem);
            return 0;
        }

        if (share is < 0 or > 1)
        {
            errors.Add(
                scalar.At,
                entry.Key,
                $"{scalar.Shown} is no share of the points; write a number from 0 (none is run again) to 1 (all are), such as 0.02");
            return 0;
        }

        // Negative zero is as little as zero.
        return share + 0.0;
    }

    /// <summary>The priority, from -100 to 100; 0 after noting what is wrong with it.</summary>
    public int ReadPriority(MapEntry entry)
    {
        if (NumberIn(entry, "priority: 5") is not { } scalar)
        {
            return 0;
        }

        if (Numbers.TryInteger(scalar.Text, out var priority) is { } problem)
        {
            errors.Add(scalar.At, entry.Key, problem);
            return 0;
        }

        if (priority is < -MostPriority or > MostPriority)
        {
            errors.Add(
                scalar.At,
                entry.Key,
                $"{scalar.Shown} is no priority; write an integer from {-MostPriority} (runs last) to {MostPriority} (runs first)");
            return 0;
        }

        return (int)priority;
    }

    private ScalarNode? NumberIn(MapEntry entry, string example)
    {
        if (entry.Value is ScalarNode { IsPlain: true, IsNull: false } scalar)
        {
            return scalar;
        }

        errors.Add(entry.Value.At, entry.Key, $"expected a number but found {entry.Value.Description}; write {example}");
        return null;
    }
}
