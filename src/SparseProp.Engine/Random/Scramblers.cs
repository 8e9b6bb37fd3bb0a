namespace SparseProp.Engine.Random;

/// <summary>How a step of <see cref="Xoroshiro128{TScrambler}"/> turns the state into its output.</summary>
internal interface IScrambler
{
    /// <param name="oldSum">Sum of the two words before the step.</param>
    /// <param name="newY">Second word after the step.</param>
    static abstract ulong Output(ulong oldSum, ulong newY);
}

/// <summary>RandomNumbers.jl's <c>Xoroshiro128Plus</c>, used by the published scripts in the phase representation.</summary>
internal readonly struct PlusScrambler : IScrambler
{
    public static ulong Output(ulong oldSum, ulong newY) => oldSum;
}

/// <summary>RandomNumbers.jl's <c>Xoroshiro128Star</c>, used by the published time-based scripts.</summary>
internal readonly struct StarScrambler : IScrambler
{
    private const ulong Multiplier = 2685821657736338717;

    public static ulong Output(ulong oldSum, ulong newY) => newY * Multiplier;
}
