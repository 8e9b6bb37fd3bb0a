using SparseProp.Sweeps;

namespace SparseProp.Cluster.Coordination;

/// <summary>A worker that takes part.</summary>
internal sealed class CrewMember(string name, string host)
{
    public string Name { get; } = name;

    public string Host { get; } = host;

    /// <summary>Engines that it runs at once.</summary>
    public int Slots { get; set; }

    /// <summary>What its simulations may use together.</summary>
    public long MemoryBytes { get; set; }

    /// <summary>Whether it has said that it takes no more work.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>Whether an operator wants it to take no more work for now.</summary>
    public bool IsDrained { get; set; }

    /// <summary>Whether points are leased to it.</summary>
    public bool TakesWork => !IsLeaving && !IsDrained;

    /// <summary>The leases that it holds.</summary>
    public List<LeasedPoints> Leases { get; } = [];

    /// <summary>The number of its newest request.</summary>
    public long LastRequest { get; set; }

    /// <summary>
    /// What was granted in answer to the newest request, if anything was. A lease of the same name that is taken over later, since the
    /// worker said that it holds it, is no answer.
    /// </summary>
    public LeasedPoints? Answer { get; set; }

    /// <summary>Whether its newest request waits for work that has not turned up yet.</summary>
    public bool IsIdle { get; set; }

    /// <summary>
    /// Points whose leases ran out since its last sign of life. Should it turn out to be lost, it was lost with them.
    /// </summary>
    public List<(SweepBook Sweep, long Index)> Lapsed { get; } = [];

    /// <summary>Points of its leases that were not yet reported.</summary>
    public int OpenPoints => Leases.Sum(lease => lease.Open.Count);
}

/// <summary>The workers that take part.</summary>
internal sealed class Crew
{
    private readonly Dictionary<string, CrewMember> _members = [];
    private readonly List<CrewMember> _idle = [];

    // By name: one that is lost and comes back is still what an operator has told it to be.
    private readonly HashSet<string> _drained = [];

    public IReadOnlyCollection<CrewMember> Members => _members.Values;

    /// <summary>Engines that all workers together run at once.</summary>
    public int Slots { get; private set; }

    /// <summary>
    /// The memory of the worker that has most, of those that take work or will again once they are drained no more; 0 where there is none.
    /// </summary>
    public long LargestMemory =>
        _members.Values.Where(member => !member.IsLeaving).Select(member => member.MemoryBytes).DefaultIfEmpty().Max();

    public CrewMember? Find(string name) => _members.GetValueOrDefault(name);

    /// <summary>Whether another worker than this one takes work and has memory for a point.</summary>
    public bool HasOther(CrewMember worker, PointMemory memory)
    {
        foreach (var member in _members.Values)
        {
            if (member != worker && member.TakesWork && memory.Fits(member.MemoryBytes))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Finds the worker that has given a sign of life.</summary>
    public CrewMember? Hear(string name)
    {
        var member = Find(name);
        member?.Lapsed.Clear();
        return member;
    }

    /// <summary>Takes a worker in, or takes note of what has changed about it.</summary>
    public CrewMember Greet(WorkerIdentity worker)
    {
        if (!_members.TryGetValue(worker.Name, out var member))
        {
            member = new CrewMember(worker.Name, worker.Host) { IsDrained = _drained.Contains(worker.Name) };
            _members.Add(worker.Name, member);
        }

        Slots += worker.Slots - member.Slots;
        member.Slots = worker.Slots;
        member.MemoryBytes = worker.MemoryBytes;
        return member;
    }

    /// <summary>Lets a worker take no more work.</summary>
    public void Drain(CrewMember member)
    {
        member.IsDrained = true;
        _drained.Add(member.Name);
    }

    /// <summary>Lets a drained worker take work again, also one that is lost and may come back.</summary>
    public void Resume(string name)
    {
        _drained.Remove(name);
        if (Find(name) is { } member)
        {
            member.IsDrained = false;
        }
    }

    public void Dismiss(CrewMember member)
    {
        _members.Remove(member.Name);
        Slots -= member.Slots;
        Serve(member);
    }

    /// <summary>Puts a worker at the end of the line for work that turns up later.</summary>
    public void LineUp(CrewMember member)
    {
        if (!member.IsIdle)
        {
            member.IsIdle = true;
            _idle.Add(member);
        }
    }

    /// <summary>Takes a worker out of that line.</summary>
    public void Serve(CrewMember member)
    {
        if (member.IsIdle)
        {
            member.IsIdle = false;
            _idle.Remove(member);
        }
    }

    /// <summary>Those in the line, first come first.</summary>
    public IReadOnlyList<CrewMember> Idle => _idle;
}
