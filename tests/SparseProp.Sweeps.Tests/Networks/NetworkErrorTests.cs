using static SparseProp.Sweeps.Tests.Networks.NetworkTexts;

namespace SparseProp.Sweeps.Tests.Networks;

/// <summary>What is refused in a file of a network, and where.</summary>
public sealed class NetworkErrorTests
{
    private const string LifKeys = "a population of model lif has model, like, n, ids, columns, tau, threshold, reset, refractory, rest, drive";
    private const string ProjectionKeys = "a projection has name, from, to, in_degree, out_degree, probability, synapses, rule, file, columns, one_based, autapses, multapses, weight, delay";

    [Theory]
    [InlineData("tau_m: 20 ms", "E.tau_m: unknown key; write tau")]
    [InlineData("taum: 20 ms", "E.taum: unknown key; write tau")]
    [InlineData("V_th: 20 mV", "E.V_th: unknown key; write threshold")]
    [InlineData("v_thresh: 20 mV", "E.v_thresh: unknown key; write threshold")]
    [InlineData("V_reset: 1 mV", "E.V_reset: unknown key; write reset")]
    [InlineData("v_reset: 1 mV", "E.v_reset: unknown key; write reset")]
    [InlineData("t_ref: 2 ms", "E.t_ref: unknown key; write refractory")]
    [InlineData("tau_refrac: 2 ms", "E.tau_refrac: unknown key; write refractory")]
    [InlineData("E_L: 0 mV", "E.E_L: unknown key; write rest")]
    [InlineData("v_rest: 0 mV", "E.v_rest: unknown key; write rest")]
    [InlineData("I_e: 0 mV", "E.I_e: unknown key; write drive")]
    [InlineData("i_offset: 0 mV", "E.i_offset: unknown key; write drive")]
    [InlineData("V_m: 0 mV", "E.V_m: unknown key; initial values have a section of their own: initial: [{ of: E, V: -60 mV }]")]
    [InlineData("C_m: 250", "E.C_m: unknown key; a weight is the jump of V itself, so there is no capacitance; for a charge q on a membrane of capacitance C write weight: q/C")]
    [InlineData("cm: 1", "E.cm: unknown key; a weight is the jump of V itself, so there is no capacitance; for a charge q on a membrane of capacitance C write weight: q/C")]
    [InlineData("tau_syn_ex: 2 ms", "E.tau_syn_ex: unknown key; synapses add a jump to V; currents and conductances with a time course are not modelled")]
    [InlineData("thresold: 20 mV", $"E.thresold: unknown key (did you mean `threshold`?); {LifKeys}")]
    [InlineData("colour: red", $"E.colour: unknown key; {LifKeys}")]
    public void KeysOfOtherSimulatorsSuggestOurs(string key, string error) =>
        Assert.Equal($"n.yaml:2:72: {error}", ErrorsOf(OnePopulation.Replace(" }", $",  {key} }}", StringComparison.Ordinal)));

    [Theory]
    [InlineData("indegree: 3", "indegree: unknown key; write in_degree")]
    [InlineData("outdegree: 3", "outdegree: unknown key; write out_degree")]
    [InlineData("p: 0.1", "p: unknown key; write probability")]
    [InlineData("pairwise_bernoulli: 0.1", "pairwise_bernoulli: unknown key; write probability")]
    [InlineData("conn_spec: x", "conn_spec: unknown key; write the rule and the weight in the projection itself: { from: E, to: I, in_degree: 100, weight: 0.1 mV, delay: 1.5 ms }")]
    [InlineData("J: 1 mV", "J: unknown key; write weight")]
    [InlineData("j: E", "j: unknown key; write to")]
    [InlineData("allow_autapses: true", "allow_autapses: unknown key; write autapses")]
    [InlineData("dellay: 1 ms", $"dellay: unknown key (did you mean `delay`?); {ProjectionKeys}")]
    public void KeysOfOtherSimulatorsSuggestThoseOfProjections(string key, string error) => Assert.Equal(
        $"n.yaml:3:68: projections.0.{error}",
        ErrorsOf(OnePopulation + $"projections: [{{ from: E, to: E, probability: 0.1, weight: 1 mV,    {key} }}]"));

    [Theory]
    [InlineData("rule: fixed_indegree", "3:39: projections.0.rule: fixed_indegree is no rule; write in_degree: and its value")]
    [InlineData("rule: pairwise_bernoulli", "3:39: projections.0.rule: pairwise_bernoulli is no rule; write probability: and its value")]
    [InlineData("rule: fixed_total_number", "3:39: projections.0.rule: fixed_total_number is no rule; write synapses: and its value")]
    [InlineData("rule: all", "3:39: projections.0.rule: all is no rule; write one of in_degree, out_degree, probability, synapses, rule: one_to_one, rule: all_to_all and file")]
    [InlineData("in_degree: 3, out_degree: 4", "3:47: projections.0.out_degree: in_degree and out_degree both say who connects to whom; keep one")]
    [InlineData("delay: 1 ms", "3:15: projections.0.in_degree: who connects to whom is missing; write one of in_degree, out_degree, probability, synapses, rule: one_to_one, rule: all_to_all and file")]
    [InlineData("in_degree: 11", "3:44: projections.0.in_degree: in_degree is 11, but E has 10 neurons to draw from, 9 without the neuron itself; multapses: true lets one be drawn several times")]
    [InlineData("in_degree: 10", "3:44: projections.0.in_degree: in_degree is 10, but E has 10 neurons to draw from, 9 without the neuron itself; multapses: true lets one be drawn several times")]
    [InlineData("out_degree: 10", "3:45: projections.0.out_degree: out_degree is 10, but E has 10 neurons to draw from, 9 without the neuron itself; multapses: true lets one be drawn several times")]
    [InlineData("synapses: 91", "3:43: projections.0.synapses: synapses is 91, but there are 90 pairs from E to E; multapses: true lets a pair have several")]
    [InlineData("in_degree: 2.5", "3:44: projections.0.in_degree: 2.5 is 2.5, which is no whole number; write round(…) if the nearest will do")]
    [InlineData("in_degree: -1", "3:44: projections.0.in_degree: -1 is -1 and must be 0 or above, and at most 1e15")]
    [InlineData("in_degree: 3 ms", "3:44: projections.0.in_degree: expected a number, such as 100, but 3 ms is a time")]
    [InlineData("probability: 1.1", "3:46: projections.0.probability: 1.1 is 1.1 and must be within 0 and 1")]
    [InlineData("probability: -0.1", "3:46: projections.0.probability: -0.1 is -0.1 and must be within 0 and 1")]
    [InlineData("probability: 0.1, delay: -1", "3:58: projections.0.delay: -1 is -1 and must be 0 or above")]
    [InlineData("probability: 0.1, delay: -1 ms", "3:58: projections.0.delay: -1 ms is -0.001 and must be 0 or above")]
    [InlineData("probability: 0.1, delay: 1 mV", "3:58: projections.0.delay: expected a time, such as 1.5 ms, but 1 mV is a voltage")]
    [InlineData("probability: 0.1, delay: { normal: [1.5 ms, 0.5 ms] }", "3:58: projections.0.delay: what is drawn must be 0 or above; add min")]
    [InlineData("probability: 0.1, delay: { uniform: [0 ms, 0.5 ms] }", "3:58: projections.0.delay: some of these delays may be 0 and others above 0; add min: 0.1 ms")]
    [InlineData("probability: 0.1, delay: { uniform: [2 ms, 1 ms] }", "3:58: projections.0.delay: uniform from 0.002 to 0.001 runs downwards; write the smaller first")]
    [InlineData("probability: 0.1, delay: { normal: [1 ms, -1 ms], min: 1 us }", "3:75: projections.0.delay.normal: -1 ms is -0.001 and must be 0 or above")]
    [InlineData("probability: 0.1, delay: { normal: [1 ms, 1 us], min: 1 s }", "3:58: projections.0.delay: min and max leave nothing to draw")]
    [InlineData("probability: 0.1, delay: { normal: 1 ms }", "3:68: projections.0.delay: normal takes two values; write normal: [mean, standard deviation]")]
    [InlineData("probability: 0.1, delay: { gauss: [1 ms, 1 ms] }", "3:60: projections.0.delay.gauss: unknown key; a distribution has normal, lognormal, uniform, min, max")]
    [InlineData("probability: 0.1, multapses: maybe", "3:62: projections.0.multapses: maybe is not possible; write true or false")]
    [InlineData("probability: 0.1, name: 1st", "3:57: projections.0.name: `1st` is no name; use up to 64 of A-Z, a-z, 0-9 and _, not beginning with a digit")]
    public void ImpossibleProjectionsAreRefused(string rule, string error)
    {
        var errors = ErrorsOf(OnePopulation + $"projections: [{{ from: E, to: E, {rule}, weight: 1 mV }}]").Split('\n');

        Assert.Equal("n.yaml:" + error, errors[0]);
    }

    [Theory]
    [InlineData("weight: 0.1", "3:57: projections.0.weight: the voltage 0.1 has no unit but that at 2:50 has one; give all of them one, such as 10 mV, or none")]
    [InlineData("weight: 1 ms", "3:57: projections.0.weight: expected a voltage, such as 10 mV, but 1 ms is a time")]
    [InlineData("weight: E.tau*1 mV", "3:57: projections.0.weight: expected a voltage, such as 10 mV, but E.tau*1 mV is a quantity in mV·s")]
    [InlineData("weight: g*1 mV", "3:57: projections.0.weight: unknown name `g`; declare it under `parameters`")]
    [InlineData("weight: E.taw*1 mV/E.tau", "3:57: projections.0.weight: unknown name `E.taw` (did you mean `E.tau`?)")]
    [InlineData("weight: 1*mV", "3:59: projections.0.weight: mV is a unit; it stands after a number: 20 mV")]
    [InlineData("weight: file[\"w\"]*1 mV", "3:57: projections.0.weight: no file is given here; a column can stand in a projection or population that has a `file`")]
    [InlineData("delay: 1 ms", "3:15: projections.0.weight: weight is missing; write weight: 0.1 mV, negative for inhibition")]
    public void ImpossibleWeightsAreRefused(string weight, string error) =>
        Assert.Equal("n.yaml:" + error, ErrorsOf(OnePopulation + $"projections: [{{ from: E, to: E, in_degree: 3,   {weight} }}]"));

    [Theory]
    [InlineData("threshold: 5 mV, reset: 10 mV", "2:70: E.threshold: the threshold 5 is not above the reset 10, so that a neuron would spike without end")]
    [InlineData("threshold: { normal: [20 mV, 1 mV] }, reset: 10 mV", "2:70: E.threshold: the threshold may be drawn at or below the reset (from -Infinity against 10); add min to it, or max to the reset")]
    [InlineData("threshold: v > 20*mV, reset: 10 mV", "2:70: E.threshold: `v > 20*mV` is a statement; write the value alone: 20*mV")]
    [InlineData("threshold: 20 mV, reset: v = 10*mV", "2:84: E.reset: `v = 10*mV` is a statement; write the value alone: 10*mV")]
    [InlineData("threshold: 20 mV", "2:6: E.reset: reset is missing; write reset: 10 mV")]
    [InlineData("threshold: 20 mV, reset: 0 mV, refractory: -1 ms", "2:102: E.refractory: -1 ms is -0.001 and must be 0 or above")]
    [InlineData("threshold: 20 mV, reset: 0 mV, refractory: 2 mV", "2:102: E.refractory: expected a time, such as 2 ms, but 2 mV is a voltage")]
    [InlineData("threshold: 20 ms, reset: 10 mV", "2:70: E.threshold: expected a voltage, such as 10 mV, but 20 ms is a time")]
    [InlineData("threshold: 20, reset: 10 mV", "2:70: E.threshold: the voltage 20 has no unit but that at 2:81 has one; give all of them one, such as 10 mV, or none")]
    [InlineData("threshold: 20 mV + 1 ms, reset: 10 mV", "2:76: E.threshold: a voltage and a time cannot be added")]
    public void ImpossibleNeuronsAreRefused(string keys, string error)
    {
        // The key stands where that of the other tests does.
        var errors = ErrorsOf($"populations:\n  E: {{ model: lif, n: 10, tau: 20 ms,                     {keys} }}").Split('\n');

        Assert.Equal(("n.yaml:" + error).Replace("2:6: E", "2:3: E", StringComparison.Ordinal), errors[0]);
    }

    [Theory]
    [InlineData("{ model: lif, n: 0, tau: 1 ms, threshold: 1, reset: 0 }", "1:36: E.n: 0 is 0 and must be within 1 and 2147483647")]
    [InlineData("{ model: lif, n: 3e9, tau: 1 ms, threshold: 1, reset: 0 }", "1:36: E.n: 3e9 is 3000000000 and must be within 1 and 2147483647")]
    [InlineData("{ model: lif, n: 2, tau: 0 ms, threshold: 1, reset: 0 }", "1:44: E.tau: 0 ms is 0 and must be above 0")]
    [InlineData("{ model: lif, tau: 1 ms, threshold: 1, reset: 0 }", "1:16: E.n: the number of neurons is missing; write n: 1000, or ids: neurons.csv")]
    [InlineData("{ model: iaf_psc_delta, n: 2 }", "1:28: E.model: unknown model `iaf_psc_delta`; write lif")]
    [InlineData("{ model: IF_curr_exp, n: 2 }", "1:28: E.model: unknown model `IF_curr_exp`; synapses add a jump to V; currents and conductances with a time course are not modelled")]
    [InlineData("{ model: izhikevich, n: 2 }", "1:28: E.model: unknown model `izhikevich`; neurons with several variables are not modelled")]
    [InlineData("{ model: lfi, n: 2 }", "1:28: E.model: unknown model `lfi` (did you mean `lif`?); models are lif, qif, eif, poisson, spikes")]
    [InlineData("{ model: formula, n: 2 }", "1:28: E.model: an equation of one's own is not simulated yet; models are lif, qif, eif, poisson, spikes")]
    [InlineData("{ n: 2 }", "1:19: E.model: the model is missing; write model: lif, or another of lif, qif, eif, poisson, spikes")]
    [InlineData("{ like: F }", "1:27: E.like: there is no population `F`")]
    [InlineData("{ like: E }", "1:27: E.like: populations are like each other in a circle: E → E")]
    [InlineData("{ like: A }, A: { like: B }, B: { like: E }", "1:27: E.like: populations are like each other in a circle: A → B → E → A")]
    [InlineData("[1]", "1:19: E: expected a population but found a list; write E: { model: lif, n: 1000, tau: 20 ms, threshold: 20 mV, reset: 10 mV }")]
    [InlineData("{ model: poisson, n: 2 }", "1:16: E.rate: the rate of each source is missing; write rate: 8 Hz")]
    [InlineData("{ model: poisson, n: 2, rate: 8 ms }", "1:49: E.rate: expected a rate, such as 8 Hz, but 8 ms is a time")]
    [InlineData("{ model: poisson, n: 2, rate: { sine: { mean: 1 Hz, amplitude: 2 Hz, frequency: 1 Hz } } }", "1:49: E.rate: the rate falls below 0: the amplitude 2 Hz is more than the mean 1 Hz")]
    [InlineData("{ model: poisson, n: 2, rate: { steps: [[1 s, 1 Hz], [1 s, 2 Hz]] } }", "1:73: E.rate: the steps' times must ascend: 1 s comes after 1 s")]
    [InlineData("{ model: poisson, n: 2, rate: { steps: [1 s, 1 Hz] } }", "1:58: E.rate: steps are pairs of a time and a value; write steps: [[0 s, 8 Hz], [1 s, 8 Hz]]")]
    [InlineData("{ model: qif, n: 2, tau: 10 ms, drive: 1 mV }", "1:16: E: a quadratic neuron has no units of voltage, but at 1:58 is one; write all voltages of this network as numbers")]
    public void ImpossiblePopulationsAreRefused(string population, string error) =>
        Assert.StartsWith("n.yaml:" + error, ErrorsOf($"populations: {{ E: {population} }}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("a: b, b: c, c: a", "1:18: a: these read each other in a circle: a → b → c → a")]
    [InlineData("a: a", "1:18: a: these read each other in a circle: a → a")]
    [InlineData("a: E.tau, b: 1/0", "2:22: E.tau: these read each other in a circle")]
    [InlineData("g: 1/(2 - 2)", "1:19: g: 1/(2 - 2): division by zero")]
    [InlineData("g: 1 +", "1:21: g: `1 +` is no expression: unexpected end of input, expected number, name or parenthesis")]
    [InlineData("seed_net: 1", "1:15: seed_net: seed_net is a column that every sweep has; choose another name")]
    [InlineData("rate_hz: 1", "1:15: rate_hz: rate_hz is a column that every sweep has; choose another name")]
    [InlineData("sqrt: 1", "1:15: sqrt: sqrt has a meaning in expressions; choose another name")]
    [InlineData("E: 1", "1:15: E: a population is called E, too; choose another name")]
    [InlineData("1a: 1", "1:15: 1a: `1a` is no name; use up to 64 of A-Z, a-z, 0-9 and _, not beginning with a digit")]
    [InlineData("g: [1, 2]", "1:19: g: expected a population or a part of one but found 1; write E, E[0..99], E[fraction: 0.1] or E[ids: some.csv]")]
    public void ImpossibleParametersAreRefused(string parameters, string error)
    {
        var text = $"parameters: {{ {parameters} }}\n" + OnePopulation.Replace("tau: 20 ms", parameters.StartsWith("a: E.tau", StringComparison.Ordinal) ? "tau: a" : "tau: 20 ms", StringComparison.Ordinal);

        Assert.StartsWith("n.yaml:" + error.Split("2:22")[0], ErrorsOf(text), StringComparison.Ordinal);
        Assert.Contains(error.Split(": ", 2)[1], ErrorsOf(text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("to: F", "3:16: inputs.0.to: there is no population `F`; populations are E")]
    [InlineData("to: \"E[5..12]\"", "3:16: inputs.0.to: E[5..12] has neuron 12, but E has 10, counted from 0")]
    [InlineData("to: \"E[5..2]\"", "3:16: inputs.0.to: E[5..2] has no neurons; a range runs upwards from 0, and its end is in it")]
    [InlineData("to: \"E[some]\"", "3:16: inputs.0.to: E[some] is no part of a population; write E, E[0..99], E[fraction: 0.1] or E[ids: some.csv]")]
    [InlineData("to: \"E[fraction: 2]\"", "3:29: inputs.0.to.fraction: 2 is 2 and must be within 0 and 1")]
    [InlineData("to: \"E[ids: none.csv]\"", "3:16: inputs.0.to: none.csv: it did not come with the network")]
    [InlineData("to: E, delay: 1 ms", "3:26: inputs.0.delay: inputs act at once; remove the delay, which would change nothing but when they begin")]
    [InlineData("to: E, rate: 1 Hz", "3:19: inputs.0.rate: unknown key; write poisson")]
    [InlineData("to: E, current: 1 mV", "3:19: inputs.0.current: poisson and current are two inputs; write each on its own")]
    public void ImpossibleInputsAreRefused(string input, string error) =>
        Assert.Equal("n.yaml:" + error, ErrorsOf(OnePopulation + $"inputs: [{{ {input}, poisson: 1 kHz, weight: 1 mV }}]"));

    [Fact]
    public void ASineOfCurrentIsRefused() => Assert.Equal(
        "n.yaml:3:28: inputs.0.current: a sine of current cannot be simulated exactly; give steps",
        ErrorsOf(OnePopulation + "inputs: [{ to: E, current: { sine: { mean: 1 mV, amplitude: 1 mV, frequency: 1 Hz } } }]"));

    [Fact]
    public void DelaysAreAllZeroOrNone()
    {
        Assert.Equal(
            "n.yaml:5:60: projections.1.delay: either all delays are 0 or all are above 0, but projections.0.delay at 4:5 is 0 and projections.1.delay at 5:60 is not",
            ErrorsOf(OnePopulation +
                """
                projections:
                  - { from: E, to: E, in_degree: 1, weight: 1 mV }
                  - { from: E, to: E, in_degree: 1, weight: 1 mV, delay:   1 ms }
                """));
    }

    [Fact]
    public void AllErrorsAreReportedAtOnceInTheOrderOfTheFile()
    {
        Assert.Equal(
            """
            n.yaml:1:44: E.tau: expected a time, such as 20 ms, but 20 mV is a voltage
            n.yaml:2:1: projektions: unknown key (did you mean `projections`?); a network has parameters, populations, projections, inputs, initial, overrides, silence
            n.yaml:3:28: inputs.0.poisson: expected a rate, such as 8 Hz, but 8 s is a time
            """,
            ErrorsOf(
                """
                populations: { E: { model: lif, n: 1, tau: 20 mV, threshold: 2 mV, reset: 1 mV } }
                projektions: []
                inputs: [{ to: E, poisson: 8 s, weight: 1 mV }]
                """));
    }

    [Theory]
    [InlineData("", "n.yaml:1:1: the file is empty; write at least populations")]
    [InlineData("[1]", "n.yaml:1:1: network: a network is a mapping of keys such as populations and projections, not a list")]
    [InlineData("a", "n.yaml:1:1: network: a network is a mapping of keys such as populations and projections, not a")]
    [InlineData("{}", "n.yaml:1:1: populations: the populations are missing; write populations: { E: { model: lif, n: 1000, … } }")]
    [InlineData("populations: {}", "n.yaml:1:14: populations: expected populations but found none")]
    [InlineData("network: other.yaml\nname: x", "n.yaml:1:10: network: the network is in other.yaml; name that file")]
    public void WhatDescribesNoNetworkIsRefused(string text, string error) => Assert.StartsWith(error, ErrorsOf(text), StringComparison.Ordinal);
}
