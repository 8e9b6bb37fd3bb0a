using Akka.Actor;
using Akka.Event;
using SparseProp.Results.Root;
using SparseProp.Sweeps;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Cluster.Coordination;

/// <content>Submissions: what comes of a sweep file.</content>
internal sealed partial class CoordinatorActor
{
    private void OnSubmit(Submit submit)
    {
        var name = submit.Spec.Name;
        if (_changing.Contains(name))
        {
            DeclineChanging(name);
        }
        else if (_sweeps.TryGetValue(name, out var running))
        {
            Attach(submit, running);
        }
        else if (_stored.TryGetValue(name, out var stored)
            && stored.SpecHash == submit.Spec.Hash.ToString()
            && stored.Settings is { State: SweepState.Finished } settings
            && !(submit.RetryFailed && settings.Failed > 0))
        {
            Sender.Tell(new Submitted(StatusOf(name)!, SubmitOutcome.Attached, WarningsOf(submit.Spec)));
        }
        else
        {
            OpenSubmitted(submit);
        }
    }

    private void Attach(Submit submit, RunningSweep running)
    {
        var name = submit.Spec.Name;
        if (running.Run.Spec.Hash != submit.Spec.Hash)
        {
            Decline(
                DeclineReason.Conflict,
                $"a sweep named {name} runs with another file; wait for its end, cancel and delete it, or choose another name");
            return;
        }

        TakePriority(submit, running);
        if (running.Settings.State is SweepState.Cancelled)
        {
            if (running.Problem is { } problem)
            {
                DeclineBroken(name, problem);
                return;
            }

            Change(name, SweepState.Running, new SweepEvent.SweepResumed(Now, name), answer: false);
        }

        if (submit.RetryFailed)
        {
            FindFailures(running, AnswerOf);
        }
        else
        {
            Sender.Tell(AnswerOf(StatusOf(name)!));
        }

        Submitted AnswerOf(SweepStatus status) => new(status, SubmitOutcome.Attached, WarningsOf(submit.Spec));
    }

    /// <summary>A priority that was set by hand holds until the file says another than before, or the submission itself does.</summary>
    private void TakePriority(Submit submit, RunningSweep running)
    {
        var before = running.Settings;
        var fromFile = submit.Spec.Priority != before.FilePriority ? submit.Spec.Priority : before.Priority;
        var settings = before with { Priority = submit.Priority ?? fromFile, FilePriority = submit.Spec.Priority };
        if (settings != before)
        {
            Remember(running, settings);
            Apply(new SweepEvent.PriorityChanged(Now, submit.Spec.Name, settings.Priority));
        }
    }

    private void OpenSubmitted(Submit submit)
    {
        var settings = new SweepSettings
        {
            State = SweepState.Running,
            Priority = submit.Priority ?? submit.Spec.Priority,
            FilePriority = submit.Spec.Priority,
            RetryFailed = submit.RetryFailed,
            SubmittedUtc = _clock.GetUtcNow(),
        };
        var outcome = _stored.ContainsKey(submit.Spec.Name) ? SubmitOutcome.Extended : SubmitOutcome.Started;
        Open(submit.Spec, settings, status => new Submitted(status, outcome, WarningsOf(submit.Spec)));
    }

    private void Open(SweepSpec spec, SweepSettings settings, Func<SweepStatus, object> answer)
    {
        var (catalogue, asker) = (_catalogue, Sender);
        _changing.Add(spec.Name);
        Task.Run(() => new SweepOpened(catalogue.Open(spec, settings), settings, asker, answer))
            .PipeTo(Self, failure: fault => new SweepNotOpened(spec.Name, fault, asker));
    }

    private void OnSweepOpened(SweepOpened opened)
    {
        var name = opened.Run.Spec.Name;
        _changing.Remove(name);
        opened.Asker.Tell(TryStart(opened.Run, opened.Settings) is { } problem
            ? new Declined(DeclineReason.Failed, problem)
            : opened.Answer(StatusOf(name)!));
    }

    private void OnSweepNotOpened(SweepNotOpened failed)
    {
        _changing.Remove(failed.Sweep);
        _log.Error(failed.Fault, "The sweep {Sweep} cannot be opened", failed.Sweep);
        var declined = Failure(failed.Fault);
        if (_catalogue.Holds(failed.Sweep))
        {
            _problems[failed.Sweep] = declined.Message;
        }

        failed.Asker.Tell(declined);
    }

    private List<string> WarningsOf(SweepSpec spec)
    {
        var warnings = spec.Warnings.Select(warning => warning.ToString()).ToList();
        if (_scheduler!.LargestMisfit(spec.Name) is { } misfit)
        {
            warnings.Add(misfit);
        }

        return warnings;
    }

    private sealed record SweepOpened(SweepRun Run, SweepSettings Settings, IActorRef Asker, Func<SweepStatus, object> Answer)
        : INoSerializationVerificationNeeded;

    private sealed record SweepNotOpened(string Sweep, Exception Fault, IActorRef Asker) : INoSerializationVerificationNeeded;
}
