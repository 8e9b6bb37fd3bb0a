using System.Diagnostics.CodeAnalysis;
using SparseProp.Cluster.Protocol;

namespace SparseProp.Cluster.Coordination;

/// <summary>A worker that takes part in the sweep.</summary>
internal sealed class CrewMember(string name)
{
    public string Name { get; } = name;

    /// <summary>Engines that it runs at once.</summary>
    public int Slots { get; set; }

    /// <summary>The number of its newest request.</summary>
    public long LastRequest { get; set; }

    /// <summary>The lease that answered the newest request, if any did.</summary>
    public Lease? Answer { get; set; }

    /// <summary>Whether its newest request waits for work that has not turned up yet.</summary>
    public bool IsIdle { get; set; }
}

/// <summary>The workers that take part.</summary>
internal sealed class Crew
{
    private readonly Dictionary<string, CrewMember> _members = [];
    private readonly Queue<CrewMember> _idle = new();

    public int Count => _members.Count;

    /// <summary>Engines that all workers together run at once.</summary>
    public int Slots { get; private set; }

    /// <summary>Finds a worker, or takes it in.</summary>
    public CrewMember Greet(string name, int slots)
    {
        if (!_members.TryGetValue(name, out var member))
        {
            member = new CrewMember(name);
            _members.Add(name, member);
        }

        Slots += slots - member.Slots;
        member.Slots = slots;
        return member;
    }

    /// <returns>Whether the worker took part.</returns>
    public bool Dismiss(string name)
    {
        if (!_members.Remove(name, out var member))
        {
            return false;
        }

        Slots -= member.Slots;
        member.IsIdle = false;
        return true;
    }

    /// <summary>Puts a worker at the end of the line for work that turns up later.</summary>
    public void LineUp(CrewMember member)
    {
        if (!member.IsIdle)
        {
            member.IsIdle = true;
            _idle.Enqueue(member);
        }
    }

    /// <summary>The first in that line. It stays there until its <see cref="CrewMember.IsIdle"/> is cleared.</summary>
    public bool TryPeekIdle([NotNullWhen(true)] out CrewMember? member)
    {
        while (_idle.TryPeek(out member) && !member.IsIdle)
        {
            _idle.Dequeue();
        }

        return member is not null;
    }

    /// <summary>Notes that a lease died unanswered: a repeat of the request it answered deserves a new one.</summary>
    public void Forget(string name, Lease lease)
    {
        if (_members.TryGetValue(name, out var member) && member.Answer == lease)
        {
            member.Answer = null;
        }
    }
}
