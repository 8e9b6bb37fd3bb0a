using System.Globalization;

namespace SparseProp.Engine.Parameters;

/// <summary>
/// The declaration of a parameter. Sweep files, command line, JSON, key, snapshot, records, tables, exports and what nodes send each other
/// go through the declarations of <see cref="SimulationParameter.All"/>, and name no parameter themselves.
/// </summary>
/// <param name="Name">Its name everywhere; on the command line with dashes.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Get">Its value; the default where the point does not have it.</param>
/// <param name="Set">The parameters with another value.</param>
public sealed record Parameter(
    string Name,
    ParameterKind Kind,
    Func<SimulationParameters, ParameterValue> Get,
    Func<SimulationParameters, ParameterValue, SimulationParameters> Set)
{
    /// <summary>What it is, in a few words.</summary>
    public required string Meaning { get; init; }

    /// <summary>What it is, in a sentence of a command's help.</summary>
    public string Help
    {
        get => field ?? $"{char.ToUpperInvariant(Meaning[0])}{Meaning[1..]}.";
        init;
    }

    /// <summary>Its unit; empty where it has none.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The words that its values are; empty where they are numbers.</summary>
    public IReadOnlyList<string> Vocabulary { get; init; } = [];

    /// <summary>Of <see cref="ParameterKind.Words"/>: how many of the first words are always among them.</summary>
    public int ImpliedWords { get; init; }

    /// <summary>What messages call a word of it.</summary>
    public string Noun { get; init; } = "";

    /// <summary>Its key in a record's map, which never changes; null where it goes by its name in the map of training.</summary>
    public int? Field { get; init; }

    /// <summary>Whether its values are realisations of the same point, to be averaged over.</summary>
    public bool IsSeed { get; init; }

    /// <summary>Whether only training reads it.</summary>
    public bool IsOfTraining { get; init; }

    /// <summary>Whether a network's file declares it.</summary>
    public bool IsDeclaredByNetwork { get; private init; }

    /// <summary>Whether only networks of populations read it.</summary>
    public bool IsOfPopulationsOnly { get; init; }

    /// <summary>Whether networks of populations read it, or tell it of themselves.</summary>
    public bool IsOfPopulations
    {
        get => field || IsOfPopulationsOnly || (!IsOfTraining && !IsOfPublishedOnly && (IsSeed || IsSection));
        init;
    }

    /// <summary>Whether only the published network has it, though a section of the sweep file gives it.</summary>
    public bool IsOfPublishedOnly { get; init; }

    /// <summary>Whether a sweep file gives it in a section of its own, and not among the axes and fixed values.</summary>
    public bool IsSection { get; init; }

    /// <summary>Whether it is a unit or an amount of a <see cref="RunLength"/>, which a user gives together.</summary>
    public bool IsOfLength { get; init; }

    /// <summary>Whether it has to be given.</summary>
    public bool IsMandatory { get; init; }

    /// <summary>Whether the drive is proportional to a power of it, so that no neuron has any where it is 0.</summary>
    public bool ScalesDrive { get; init; }

    /// <summary>What of its value decides what a point costs.</summary>
    public CostEffect Cost { get; init; }

    /// <summary>What is usual in the field; null where nothing is.</summary>
    public PlausibleRange? Plausible { get; init; }

    /// <summary>Which models read it.</summary>
    public Func<NeuronModel, bool> Models { get; init; } = _ => true;

    /// <summary>What is wrong with a value whatever the other parameters are, in a sentence without a full stop; null where nothing is.</summary>
    public Func<ParameterValue, string?> Fault { get; init; } = _ => null;

    /// <summary>Something that a network's file declares: known at run time only.</summary>
    /// <param name="name">Its name, or a path such as <c>populations.E.tau</c>.</param>
    /// <param name="unit">Its unit; empty where it has none.</param>
    /// <param name="isChoice">Whether its values are choices of neurons, as they are written.</param>
    public static Parameter OfNetwork(string name, string unit, bool isChoice) => new(
        name,
        isChoice ? ParameterKind.Word : ParameterKind.Real,
        point => point.NetworkValues?.Find(name)?.Value ?? default,
        (point, value) => point with { NetworkValues = (point.NetworkValues ?? NetworkValues.Empty).With(new(name, value)) })
    {
        Meaning = isChoice ? "neurons that the network names" : "parameter of the network",
        Unit = unit,
        Noun = isChoice ? "choice of neurons" : "",
        Cost = CostEffect.Value,
        IsDeclaredByNetwork = true,
    };

    /// <summary>What it is where it is not given.</summary>
    public ParameterValue Default => Get(SimulationParameters.Defaults);

    /// <summary>Whether its values are words.</summary>
    public bool IsText => Kind is ParameterKind.Word or ParameterKind.Words;

    /// <summary>Whether its values are whole numbers.</summary>
    public bool IsInteger => Kind is ParameterKind.Count or ParameterKind.Whole;

    /// <summary>Whether some models do not read it.</summary>
    public bool IsOfSomeModels => !Enum.GetValues<NeuronModel>().All(Models);

    /// <summary>Whether the point has it: a simulation has no parameter of training, and a network of populations none of the published one.</summary>
    public bool IsOf(SimulationParameters point) =>
        IsDeclaredByNetwork ? point.NetworkValues?.Find(Name) is not null : point.IsOfPopulations ? IsOfPopulations : !IsOfPopulationsOnly && (!IsOfTraining || point.Training is not null);

    /// <summary>Whether the value changes what some network of <paramref name="model"/> does.</summary>
    public bool IsReadBy(NeuronModel model) => Models(model);

    /// <summary>
    /// Whether the point has it and its model, or its network of populations, reads it, so that its value counts in the point's key.
    /// </summary>
    public bool IsReadBy(SimulationParameters point) => IsOf(point) && (point.IsOfPopulations ? !IsMandatory : Models(point.Model));

    /// <summary>Equal for values that make no difference to a point's cost while the other parameters are the same.</summary>
    /// <param name="value">A value of this parameter.</param>
    /// <param name="lastsSeconds">Whether burn-in or measurement are in seconds.</param>
    public long CostKey(ParameterValue value, bool lastsSeconds) => Cost switch
    {
        CostEffect.Value => value.Bits,
        CostEffect.ValueInSeconds when lastsSeconds => value.Bits,
        CostEffect.Sign => Math.Sign(value.Real),
        _ => 0,
    };

    /// <summary>The value as text, which <see cref="TryParse"/> reads as the same bits.</summary>
    public string TextOf(ParameterValue value) => Kind switch
    {
        ParameterKind.Real => value.Real.ToString("R", CultureInfo.InvariantCulture),
        ParameterKind.Word => Vocabulary[(int)value.Whole],
        ParameterKind.Words => string.Join(',', Vocabulary.Where((_, i) => (value.Whole & BitsOf(i)) == BitsOf(i))),
        _ => value.Whole.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The value of the point as text.</summary>
    public string TextOf(SimulationParameters point) => point.NetworkValues?.Find(Name)?.Word ?? TextOf(Get(point));

    /// <summary>Whether the value is one of the vocabulary, or some of it.</summary>
    public bool HasWordsFor(ParameterValue value) => Kind switch
    {
        ParameterKind.Word => value.Whole >= 0 && value.Whole < Vocabulary.Count,
        ParameterKind.Words => value.Whole >> (Vocabulary.Count - ImpliedWords) == 0,
        _ => false,
    };

    /// <summary>Reads a value.</summary>
    /// <returns>Whether it is one of this parameter; its range is not looked at.</returns>
    public bool TryParse(string text, out ParameterValue value)
    {
        ArgumentNullException.ThrowIfNull(text);
        value = default;
        switch (Kind)
        {
            case ParameterKind.Real:
                var isReal = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real);
                value = ParameterValue.Of(real);
                return isReal;
            case ParameterKind.Word:
                value = new(PlaceOf(text));
                return value.Whole >= 0;
            case ParameterKind.Words:
                var places = text.Split(',').Select(word => PlaceOf(word.Trim())).ToList();
                value = new(places.Where(place => place >= 0).Aggregate(0L, (bits, place) => bits | BitsOf(place)));
                return !places.Contains(-1);
            default:
                var isWhole = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole);
                value = new(whole);
                return isWhole && (Kind == ParameterKind.Whole || whole == (int)whole);
        }
    }

    private int PlaceOf(string word)
    {
        for (var i = 0; i < Vocabulary.Count; i++)
        {
            if (Vocabulary[i] == word)
            {
                return i;
            }
        }

        return -1;
    }

    private long BitsOf(int place) => place < ImpliedWords ? 0 : 1L << (place - ImpliedWords);
}
