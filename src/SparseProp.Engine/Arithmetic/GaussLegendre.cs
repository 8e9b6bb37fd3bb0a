namespace SparseProp.Engine.Arithmetic;

/// <summary>Gauss–Legendre quadrature by ten points on [−1, 1].</summary>
internal static class GaussLegendre
{
    /// <summary>The positive half of the points; the others are their mirror images.</summary>
    public static ReadOnlySpan<double> Points =>
        [0.14887433898163122, 0.4333953941292472, 0.6794095682990244, 0.8650633666889845, 0.9739065285171717];

    /// <summary>The weight of each of <see cref="Points"/>.</summary>
    public static ReadOnlySpan<double> Weights =>
        [0.29552422471475287, 0.26926671930999635, 0.21908636251598204, 0.1494513491505806, 0.06667134430868814];
}
