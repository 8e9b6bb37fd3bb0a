using Akka.Actor;
using Akka.Event;
using SparseProp.Results;
using SparseProp.Sweeps;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Cluster.Coordination;

/// <content>Submissions: what comes of a sweep file.</content>
internal sealed partial class CoordinatorActor
{
    private void OnSubmit(Submit submit)
    {
        var name = submit.Spec.Name;
        var hash = submit.Spec.Hash.ToString();
        if (_changing.Contains(name))
        {
            Decline(DeclineReason.NotReady, $"{name} is just being opened or closed; try again");
        }
        else if (_sweeps.TryGetValue(name, out var running))
        {
            if (running.Run.Spec.Hash.ToString() != hash)
            {
                Decline(
                    DeclineReason.Conflict,
                    $"a sweep named {name} runs with another file; wait for its end, cancel and delete it, or choose another name");
                return;
            }

            if (running.Settings.State is SweepState.Cancelled)
            {
                Change(name, SweepState.Running, new SweepEvent.SweepResumed(Now, name), answer: false);
            }

            Sender.Tell(new Submitted(StatusOf(name)!, SubmitOutcome.Attached, WarningsOf(submit.Spec)));
        }
        else if (_stored.TryGetValue(name, out var stored)
            && stored.SpecHash == hash
            && stored.Settings is { State: SweepState.Finished } settings
            && !(submit.RetryFailed && settings.Failed > 0))
        {
            Sender.Tell(new Submitted(StatusOf(name)!, SubmitOutcome.Attached, WarningsOf(submit.Spec)));
        }
        else
        {
            Open(submit);
        }
    }

    private void Open(Submit submit)
    {
        var settings = new SweepSettings
        {
            State = SweepState.Running,
            Priority = submit.Priority ?? submit.Spec.Priority,
            RetryFailed = submit.RetryFailed,
            SubmittedUtc = _clock.GetUtcNow(),
        };
        var (catalogue, asker) = (_catalogue, Sender);
        _changing.Add(submit.Spec.Name);
        Task.Run(() => new SweepOpened(catalogue.Open(submit.Spec, settings), settings, asker))
            .PipeTo(Self, failure: fault => new SweepNotOpened(submit.Spec.Name, fault, asker));
    }

    private void OnSweepOpened(SweepOpened opened)
    {
        var name = opened.Run.Spec.Name;
        _changing.Remove(name);
        var outcome = _stored.ContainsKey(name) ? SubmitOutcome.Extended : SubmitOutcome.Started;
        Start(opened.Run, opened.Settings);
        opened.Asker.Tell(new Submitted(StatusOf(name)!, outcome, WarningsOf(opened.Run.Spec)));
    }

    private void OnSweepNotOpened(SweepNotOpened failed)
    {
        _changing.Remove(failed.Sweep);
        _log.Error(failed.Fault, "The sweep {0} cannot be opened", failed.Sweep);
        failed.Asker.Tell(new Declined(DeclineReason.Failed, (failed.Fault as AggregateException)?.InnerException?.Message ?? failed.Fault.Message));
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

    private sealed record SweepOpened(SweepRun Run, SweepSettings Settings, IActorRef Asker) : INoSerializationVerificationNeeded;

    private sealed record SweepNotOpened(string Sweep, Exception Fault, IActorRef Asker) : INoSerializationVerificationNeeded;
}
