using SparseProp.Engine;
using SparseProp.Sweeps.Expressions;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Networks;

/// <summary>
/// The numbers of a network file while it is read: collects them, finds an order in which each reads only those before it, and checks
/// what they measure.
/// </summary>
internal sealed class SlotTable(ErrorList errors)
{
    private readonly List<Slot> _slots = [];
    private readonly List<ColumnFormula> _columns = [];
    private readonly Dictionary<string, Slot> _named = [];
    private readonly Dictionary<string, Slot> _paths = [];
    private readonly Dictionary<string, string> _notNumbers = [];

    /// <summary>The numbers in the order of evaluation; complete after <see cref="Bind"/>.</summary>
    public IReadOnlyList<Slot> Slots => _slots;

    /// <summary>How many values are computed for one network: numbers, and rows of files.</summary>
    public long Work => _slots.Count + _columns.Sum(columns => (long)columns.Rows);

    /// <summary>The numbers by the paths under which sweeps may vary them.</summary>
    public IReadOnlyDictionary<string, Slot> Paths => _paths;

    /// <summary>The first voltage with a unit; null where the file has none.</summary>
    public Position? VoltageAt { get; private set; }

    /// <summary>Whether the numbers have their places, so that no more can be added.</summary>
    public bool IsBound { get; private set; }

    /// <summary>Adds a number.</summary>
    /// <param name="slot">The number.</param>
    /// <param name="path">The path under which a sweep may vary it; null where it may not.</param>
    /// <param name="isNamed">Whether expressions may name it.</param>
    public Slot Add(Slot slot, string? path = null, bool isNamed = false)
    {
        _slots.Add(slot);
        if (isNamed)
        {
            _named[slot.Name] = slot;
        }

        if (path is not null)
        {
            _paths[path] = slot;
        }

        return slot;
    }

    public ColumnFormula Add(ColumnFormula columns)
    {
        _columns.Add(columns);
        return columns;
    }

    /// <summary>Another path to a number.</summary>
    public void AddPath(string path, Slot slot) => _paths.TryAdd(path, slot);

    /// <summary>Notes that a name is there but stands for no number.</summary>
    public void AddNotANumber(string name, string what) => _notNumbers[name] = what;

    /// <summary>Puts the numbers in order and gives them their dimensions.</summary>
    public void Bind()
    {
        IsBound = true;
        var formulas = _slots.Select(slot => slot.Formula).Concat(_columns.Select(columns => columns.Formula)).OfType<Formula>();
        Position? first = null;
        foreach (var formula in formulas)
        {
            first = formula.VoltageAt is { } at && (first is null || at.CompareTo(first.Value) < 0) ? at : first;
        }

        VoltageAt = first;
        if (!Sort())
        {
            return;
        }

        for (var place = 0; place < _slots.Count; place++)
        {
            var slot = _slots[place];
            var dimension = slot.Formula is { } formula
                ? Check(slot.Name, formula, slot.Rule, allowsColumns: false)
                : Projected(slot.Rule.Dimension ?? Dimension.None);
            slot.Bind(place, slot.Formula?.Root.Replace(Bound), dimension);
        }

        foreach (var columns in _columns)
        {
            Check(columns.Name, columns.Formula, columns.Rule, allowsColumns: true);
            columns.Bind(columns.Formula.Root.Replace(Bound));
        }
    }

    // Voltages of a file without their units are plain numbers.
    private Dimension Projected(Dimension dimension) => VoltageAt is null ? dimension with { Voltage = 0 } : dimension;

    private Expression Bound(NameExpression name) =>
        _named.TryGetValue(name.Name, out var slot) ? new PlaceExpression(name.At, name.Name, slot.Place, slot.Dimension) : name;

    private Dimension Check(string key, Formula formula, NumberRule rule, bool allowsColumns)
    {
        var check = new DimensionCheck(formula, key, errors, name => DimensionOf(name, key, formula), allowsColumns);
        var expected = rule.Dimension is { } known ? Projected(known) : (Dimension?)null;
        var found = formula.Root.DimensionIn(check);
        if (found is not null && expected is not null && QuantityFault.Of(found.Value, expected.Value, formula, rule, VoltageAt) is { } fault)
        {
            errors.Add(formula.Node.At, key, fault);
        }

        return expected ?? found ?? Dimension.None;
    }

    private Dimension? DimensionOf(NameExpression name, string key, Formula formula)
    {
        if (_named.TryGetValue(name.Name, out var slot))
        {
            if (slot.Formula is not null || double.IsFinite(slot.Default))
            {
                return slot.Dimension;
            }

            errors.Add(formula.PositionOf(name.At), key, $"{name.Name} is infinite unless it is given");
            return null;
        }

        // Looking for what was meant takes time, and nobody reads more.
        if (!errors.Full)
        {
            errors.Add(formula.PositionOf(name.At), key, Unknown(name.Name));
        }

        return null;
    }

    private string Unknown(string name)
    {
        if (_notNumbers.TryGetValue(name, out var what))
        {
            return $"{name} is {what}, no number";
        }

        if (Unit.Find(name) is not null)
        {
            return $"{name} is a unit; it stands after a number: 20 {name}";
        }

        var declared = _named.Keys.Where(known => !known.Contains('.', StringComparison.Ordinal)).ToList();
        var hint = NearestName.Hint(name, _named.Keys);
        return hint.Length > 0 ? $"unknown name `{name}`{hint}"
            : declared.Count == 0 ? $"unknown name `{name}`; declare it under `parameters`"
            : $"unknown name `{name}`; declared are {string.Join(", ", declared.Take(20))}, and keys of populations such as E.tau";
    }

    /// <summary>Whether there is an order; a circle is noted.</summary>
    private bool Sort()
    {
        var waits = new Dictionary<Slot, int>();
        var readers = new Dictionary<Slot, List<Slot>>();
        foreach (var slot in _slots)
        {
            var read = ReadBy(slot).ToList();
            waits[slot] = read.Count;
            foreach (var other in read)
            {
                (readers.TryGetValue(other, out var some) ? some : readers[other] = []).Add(slot);
            }
        }

        var sorted = new List<Slot>(_slots.Count);
        var ready = new Queue<Slot>(_slots.Where(slot => waits[slot] == 0));
        while (ready.TryDequeue(out var slot))
        {
            sorted.Add(slot);
            foreach (var reader in readers.GetValueOrDefault(slot, []))
            {
                if (--waits[reader] == 0)
                {
                    ready.Enqueue(reader);
                }
            }
        }

        if (sorted.Count < _slots.Count)
        {
            NoteCircle(_slots.First(slot => waits[slot] > 0), waits);
            return false;
        }

        _slots.Clear();
        _slots.AddRange(sorted);
        return true;
    }

    private IEnumerable<Slot> ReadBy(Slot slot) =>
        slot.Formula?.Root.All.OfType<NameExpression>().Select(name => _named.GetValueOrDefault(name.Name)).OfType<Slot>() ?? [];

    // Whoever still waits, waits for one that waits: following these ends in the circle.
    private void NoteCircle(Slot start, Dictionary<Slot, int> waits)
    {
        var way = new List<Slot>();
        var at = start;
        while (!way.Contains(at))
        {
            way.Add(at);
            at = ReadBy(at).First(other => waits[other] > 0);
        }

        var circle = way.SkipWhile(slot => slot != at).ToList();
        errors.Add(circle[0].At, circle[0].Name, $"these read each other in a circle: {string.Join(" → ", circle.Append(at).Select(slot => slot.Name))}");
    }
}
