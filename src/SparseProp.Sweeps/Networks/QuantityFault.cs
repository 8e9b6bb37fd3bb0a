using SparseProp.Sweeps.Expressions;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Networks;

/// <summary>What is wrong with what an expression measures where something else is asked for.</summary>
internal static class QuantityFault
{
    /// <summary>
    /// Numbers are seconds and Hz where a time or rate is asked for. They are voltages only in a file without units of voltage, which then
    /// are no dimension at all.
    /// </summary>
    /// <returns>The fault; null where there is none.</returns>
    public static string? Of(Dimension found, Dimension expected, Formula formula, NumberRule rule, Position? voltageAt)
    {
        if (found == expected || formula.IsBareZero)
        {
            return null;
        }

        if (found != Dimension.None)
        {
            return $"expected {expected}, such as {rule.Example}, but {formula} is {found}";
        }

        if (expected == Dimension.OfTime || expected == Dimension.OfRate)
        {
            return null;
        }

        return expected == Dimension.OfVoltage
            ? $"the voltage {formula} has no unit but that at {voltageAt} has one; give all of them one, such as {rule.Example}, or none"
            : $"expected {expected} but {formula} is a number";
    }
}
