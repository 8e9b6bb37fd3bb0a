using SparseProp.Engine;

namespace SparseProp.Cluster.Protocol;

/// <summary>
/// <see cref="SimulationParameters"/> on their way to a worker. Models and the like go by name, so that no order of an enumeration is
/// part of the wire format; whole numbers are long, for the reason given at <see cref="WorkProtocol"/>.
/// </summary>
public sealed record PointParameters(
    string Model,
    long N,
    long K,
    double J0,
    double ExcitatoryFraction,
    double G,
    double Rate,
    double Tau,
    double Eta,
    double DeltaV,
    long ChebyshevOrder,
    long SeedIc,
    long SeedNet,
    string Topology,
    string Loop,
    string StopUnit,
    double Stop,
    string BurnInUnit,
    double BurnIn,
    string Record,
    long LyapunovExponents,
    string Training)
{
    public static PointParameters Of(SimulationParameters p) => new(
        EngineNames.Of(p.Model),
        p.N,
        p.K,
        p.J0,
        p.ExcitatoryFraction,
        p.G,
        p.Rate,
        p.Tau,
        p.Eta,
        p.DeltaV,
        p.ChebyshevOrder,
        p.SeedIc,
        p.SeedNet,
        EngineNames.Of(p.Topology),
        EngineNames.Of(p.Loop),
        p.Stop.Unit.ToString(),
        p.Stop.Amount,
        p.BurnIn.Unit.ToString(),
        p.BurnIn.Amount,
        p.Record.ToString(),
        p.LyapunovExponents,
        TrainingText.Of(p.Training));

    /// <exception cref="FormatException">A name or number is unknown to this build.</exception>
    public SimulationParameters ToParameters() =>
        EngineNames.TryParse(Model, out NeuronModel model)
        && EngineNames.TryParse(Topology, out Topology topology)
        && EngineNames.TryParse(Loop, out EventLoop loop)
        && Enum.TryParse(StopUnit, out RunUnit stopUnit)
        && Enum.TryParse(BurnInUnit, out RunUnit burnInUnit)
        && Enum.TryParse(Record, out StatisticKinds record)
        && N is >= 0 and <= int.MaxValue
        && K is >= 0 and <= int.MaxValue
        && ChebyshevOrder is >= 0 and <= int.MaxValue
        && LyapunovExponents is >= 0 and <= int.MaxValue
        && (Training.Length == 0 || TrainingText.TryParse(Training, out _))
            ? new SimulationParameters
            {
                Model = model,
                N = (int)N,
                K = (int)K,
                J0 = J0,
                ExcitatoryFraction = ExcitatoryFraction,
                G = G,
                Rate = Rate,
                Tau = Tau,
                Eta = Eta,
                DeltaV = DeltaV,
                ChebyshevOrder = (int)ChebyshevOrder,
                SeedIc = SeedIc,
                SeedNet = SeedNet,
                Topology = topology,
                Loop = loop,
                Stop = new RunLength(stopUnit, Stop),
                BurnIn = new RunLength(burnInUnit, BurnIn),
                Record = record,
                LyapunovExponents = (int)LyapunovExponents,
                Training = Training.Length > 0 && TrainingText.TryParse(Training, out var training) ? training : null,
            }
            : throw new FormatException($"This build cannot simulate {this}.");
}
