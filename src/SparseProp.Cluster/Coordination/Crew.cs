using SparseProp.Cluster.Protocol;

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

    /// <summary>Whether it takes no more work.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>The leases that it holds.</summary>
    public List<LeasedPoints> Leases { get; } = [];

    /// <summary>The number of its newest request.</summary>
    public long LastRequest { get; set; }

    /// <summary>The lease that answered the newest request, if any did.</summary>
    public Lease? Answer { get; set; }

    /// <summary>Whether its newest request waits for work that has not turned up yet.</summary>
    public bool IsIdle { get; set; }

    /// <summary>Points of its leases that were not yet reported.</summary>
    public int OpenPoints => Leases.Sum(lease => lease.Open.Count);
}

/// <summary>The workers that take part.</summary>
internal sealed class Crew
{
    private readonly Dictionary<string, CrewMember> _members = [];
    private readonly List<CrewMember> _idle = [];

    public IReadOnlyCollection<CrewMember> Members => _members.Values;

    /// <summary>Engines that all workers together run at once.</summary>
    public int Slots { get; private set; }

    /// <summary>The memory of the worker that has most; 0 where there is none.</summary>
    public long LargestMemory => _members.Values.Select(member => member.MemoryBytes).DefaultIfEmpty().Max();

    public CrewMember? Find(string name) => _members.GetValueOrDefault(name);

    /// <summary>Whether another worker than this one could take work.</summary>
    public bool HasOther(string name) => _members.Values.Any(member => member.Name != name && !member.IsLeaving);

    /// <summary>Takes a worker in, or takes note of what has changed about it.</summary>
    public CrewMember Greet(WorkerIdentity worker)
    {
        if (!_members.TryGetValue(worker.Name, out var member))
        {
            member = new CrewMember(worker.Name, worker.Host);
            _members.Add(worker.Name, member);
        }

        Slots += worker.Slots - member.Slots;
        member.Slots = worker.Slots;
        member.MemoryBytes = worker.MemoryBytes;
        return member;
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
