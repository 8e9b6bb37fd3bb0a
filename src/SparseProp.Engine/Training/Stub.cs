using SparseProp.Engine.Networks;
namespace SparseProp.Engine.Training;
#pragma warning disable
public sealed record Synapses(int[] RowStart, int[] Targets, double[] Weights) { public static Synapses None(int n) => new(new int[n + 1], [], []); }
public sealed record InputSpikes(double[] Times_s, int[] Inputs) { public static readonly InputSpikes None = new([], []); }
public sealed record TapeOptions { public long? BudgetBytes { get; init; } public double? TruncationWindow { get; init; } public EventLoop EventLoop { get; init; } }
public sealed record TrainableNetwork
{
    public NeuronModel Model { get; init; }
    public int Neurons { get; init; }
    public double Tau { get; init; }
    public double DeltaV { get; init; }
    public double[] Drive { get; init; } = [];
    public Synapses Recurrent { get; init; } = null!;
    public Synapses Input { get; init; } = null!;
    public int Inputs { get; init; }
    public static unsafe TrainableNetwork Random(NeuronModel model, int n, int k, double j0, double rate, double tau, long seedNet, double deltaV = 0.1)
    {
        using var t = new IndependentTargets(n, k, seedNet);
        var rows = new int[n + 1]; var targets = new int[n * k];
        fixed (int* p = targets) for (var i = 0; i < n; i++) { rows[i + 1] = (i + 1) * k; t.Draw(i, p + i * k); }
        var w = new double[n * k]; Array.Fill(w, -j0 / Math.Sqrt(k));
        var d = new double[n]; Array.Fill(d, tau * Math.Sqrt(k) * Math.Abs(j0) * rate);
        return new() { Model = model, Neurons = n, Tau = tau, DeltaV = deltaV, Drive = d, Recurrent = new(rows, targets, w), Input = new([0], [], []), Inputs = 0 };
    }
    public unsafe TrainableNetwork WithInputs(int inputs, int kIn, double weight, long seed)
    {
        var n = Neurons; var rows = new int[inputs + 1]; var targets = new int[inputs * kIn];
        var rng = new System.Random((int)seed);
        for (var i = 0; i < inputs; i++) { rows[i + 1] = (i + 1) * kIn; var x = Enumerable.Range(0, n).ToArray(); rng.Shuffle(x); for (var j = 0; j < kIn; j++) targets[i * kIn + j] = x[j]; }
        var w = new double[inputs * kIn]; Array.Fill(w, weight);
        return this with { Input = new(rows, targets, w), Inputs = inputs };
    }
}
public sealed record Discontinuities(long AtOnce, long NearlySwapped, long NearEnd);
public sealed class SpikingRun : IDisposable
{ public void Dispose() { } public double PeriodOf(int i) => T[i];
    public int[] Neurons = []; public double[] Times = []; public double[] FinalPhases = []; public Discontinuities Discontinuities = null!;
    internal TrainableNetwork Net = null!; internal double Seconds; internal List<Ev> Tape = null!;
    internal double[] T = null!;
}
internal sealed class Ev { public double Time; public int Spiker = -1, Input = -1, SpikeIndex = -1; public int Parent = -1; public double[] Fp = [], Fw = []; }
public sealed class RunawayException() : Exception;
public static class Forward
{
    internal static double PeriodOf(TrainableNetwork n, int i) => n.Model == NeuronModel.Qif ? Math.PI * n.Tau / Math.Sqrt(n.Drive[i]) : n.Tau * Math.Log(1 + 1 / n.Drive[i]);
    public static SpikingRun Run(TrainableNetwork net, double[] phases, InputSpikes inputs, double seconds, TapeOptions options)
    {
        var n = net.Neurons; var T = Enumerable.Range(0, n).Select(i => PeriodOf(net, i)).ToArray();
        var a = phases.ToArray(); var tape = new List<Ev>(); var neurons = new List<int>(); var times = new List<double>(); var next = 0; var t = 0.0;
        var queue = new Queue<(int Neuron, int Parent)>();
        long disc = 0;
        while (true)
        {
            var j = 0; var best = double.PositiveInfinity;
            for (var i = 0; i < n; i++) { var ti = (1 - a[i]) * T[i]; if (ti < best) { best = ti; j = i; } }
            var isInput = next < inputs.Times_s.Length && inputs.Times_s[next] <= best;
            var time = isInput ? inputs.Times_s[next] : best;
            if (time > seconds) break;
            t = Math.Max(t, time);
            Synapses syn; int src; Ev ev;
            if (isInput) { ev = new Ev { Time = t, Input = inputs.Inputs[next] }; next++; syn = net.Input; src = ev.Input; }
            else { ev = new Ev { Time = t, Spiker = j, SpikeIndex = times.Count }; neurons.Add(j); times.Add(t); a[j] = -t / T[j]; syn = net.Recurrent; src = j; }
            tape.Add(ev); Deliver(ev, syn, src);
            while (queue.TryDequeue(out var q))
            {
                var e2 = new Ev { Time = t, Spiker = q.Neuron, SpikeIndex = times.Count, Parent = q.Parent };
                neurons.Add(q.Neuron); times.Add(t); a[q.Neuron] = -t / T[q.Neuron]; tape.Add(e2); Deliver(e2, net.Recurrent, q.Neuron);
            }
            void Deliver(Ev e, Synapses s, int source)
            {
                var lo = s.RowStart[source]; var hi = s.RowStart[source + 1]; e.Fp = new double[hi - lo]; e.Fw = new double[hi - lo];
                for (var x = lo; x < hi; x++)
                {
                    var i = s.Targets[x]; var w = s.Weights[x]; var p = a[i] + t / T[i]; var I = net.Drive[i]; double p2, fp, fw;
                    if (net.Model == NeuronModel.Qif)
                    {
                        var r = Math.Sqrt(I); var v = Math.Tan(Math.PI * (p - 0.5)); var v2 = v + w / r;
                        p2 = 0.5 + Math.Atan(v2) / Math.PI; fp = (1 + v * v) / (1 + v2 * v2); fw = 1 / (Math.PI * r * (1 + v2 * v2));
                    }
                    else
                    {
                        var u = (1 + I) * Math.Exp(-p * T[i] / net.Tau); var u2 = u - w;
                        if (u2 <= I) { fp = double.NaN; fw = 0; p2 = 1; queue.Enqueue((i, 0)); a[i] = -t / T[i]; e.Fp[x - lo] = fp; disc++; continue; }
                        p2 = -(net.Tau / T[i]) * Math.Log(u2 / (1 + I)); fp = u / u2; fw = net.Tau / T[i] / u2;
                    }
                    e.Fp[x - lo] = fp; e.Fw[x - lo] = fw; a[i] = p2 - t / T[i];
                }
            }
        }
        return new() { Neurons = [.. neurons], Times = [.. times], FinalPhases = a.Select((x, i) => x + seconds / T[i]).ToArray(), Discontinuities = new(disc, 0, 0), Net = net, Seconds = seconds, Tape = tape, T = T };
    }
}
public sealed record Gradients(double[] Recurrent, double[] Input, double[] Drive, double[] InitialPhases);
public static class Backward
{
    public static Gradients Run(SpikingRun run, double[] byTime, double[] byPhase)
    {
        var net = run.Net; var T = run.T; var mu = byPhase.ToArray(); var gw = new double[net.Recurrent.Weights.Length]; var gi = new double[net.Input.Weights.Length];
        var carry = 0.0;
        for (var k = run.Tape.Count - 1; k >= 0; k--)
        {
            var e = run.Tape[k]; var s = e.Input >= 0 ? net.Input : net.Recurrent; var g = e.Input >= 0 ? gi : gw; var source = e.Input >= 0 ? e.Input : e.Spiker;
            var dt = carry; carry = 0; var lo = s.RowStart[source]; var hi = s.RowStart[source + 1];
            for (var x = hi - 1; x >= lo; x--)
            {
                var i = s.Targets[x]; var fp = e.Fp[x - lo];
                if (double.IsNaN(fp)) { dt += -mu[i] / T[i]; mu[i] = 0; continue; }
                g[x] += mu[i] * e.Fw[x - lo]; dt += mu[i] * (fp - 1) / T[i]; mu[i] *= fp;
            }
            if (e.Spiker >= 0)
            {
                dt += byTime[e.SpikeIndex];
                if (e.Parent >= 0) { dt += -mu[e.Spiker] / T[e.Spiker]; mu[e.Spiker] = 0; carry = dt; }
                else { dt += -mu[e.Spiker] / T[e.Spiker]; mu[e.Spiker] = -T[e.Spiker] * dt; }
            }
        }
        return new(gw, gi, new double[net.Neurons], mu);
    }
}
