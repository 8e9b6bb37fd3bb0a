namespace SparseProp.Engine.Networks.Description;

/// <summary>A population or a part of it.</summary>
/// <param name="Population">Its name.</param>
public sealed record Selection(string Population)
{
    /// <summary>The neurons, counted from 0 within the population, ascending; null for all, or where <see cref="Fraction"/> says.</summary>
    public IReadOnlyList<int>? Neurons { get; init; }

    /// <summary>The share of neurons, from 0 to 1, that is drawn by the network's seed; null where <see cref="Neurons"/> say, or for all.</summary>
    public double? Fraction { get; init; }

    public bool IsAll => Neurons is null && Fraction is null;
}
