namespace SparseProp.Engine.Training.Tasks;

/// <summary>A point of the Yin-Yang data set, in the unit square, and its class: 0 yang, 1 yin, 2 the dots.</summary>
internal readonly record struct YinYang(double X, double Y, int Class)
{
    private const double Radius = 0.5;
    private const double DotRadius = 0.1;

    /// <summary>Draws a point; the three classes are equally frequent.</summary>
    /// <remarks>As the set's authors do it: a class is drawn, and then points until one is of it.</remarks>
    public static YinYang Draw(ref Draws draws)
    {
        var wanted = draws.Below(3);
        while (true)
        {
            var (x, y) = (draws.Uniform(), draws.Uniform());
            if (Math.Sqrt(((x - Radius) * (x - Radius)) + ((y - Radius) * (y - Radius))) <= Radius && ClassOf(x, y) == wanted)
            {
                return new YinYang(x, y, wanted);
            }
        }
    }

    /// <summary>The class of a point in the disc.</summary>
    public static int ClassOf(double x, double y)
    {
        var right = DistanceTo(1.5 * Radius, x, y);
        var left = DistanceTo(0.5 * Radius, x, y);
        if (right < DotRadius || left < DotRadius)
        {
            return 2;
        }

        var isYin = right <= DotRadius
            || (left > DotRadius && left <= 0.5 * Radius)
            || (y > Radius && right > 0.5 * Radius);
        return isYin ? 1 : 0;
    }

    private static double DistanceTo(double centre, double x, double y) =>
        Math.Sqrt(((x - centre) * (x - centre)) + ((y - Radius) * (y - Radius)));
}
