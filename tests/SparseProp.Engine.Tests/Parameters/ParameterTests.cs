using CsCheck;
using SparseProp.Engine.Parameters;

namespace SparseProp.Engine.Tests.Parameters;

/// <summary>The table of parameters, and what loops over it.</summary>
public sealed class ParameterTests
{
    private static readonly Gen<double> Reals = Gen.OneOf(Gen.Double, Gen.OneOf(0.0, -0.0, 1.0, double.NaN, double.PositiveInfinity, double.Epsilon));

    private static readonly Gen<SimulationParameters> Points =
        from isTraining in Gen.Bool
        from real in Reals.Array[SimulationParameter.All.Count]
        from whole in Gen.Long.Array[SimulationParameter.All.Count]
        from bits in Gen.Int.Array[SimulationParameter.All.Count]
        from given in Gen.Bool.Array[SimulationParameter.All.Count]
        select SimulationParameter.All
            .Select((parameter, i) => (Parameter: parameter, Value: ValueOf(parameter, real[i], whole[i], bits[i]), IsGiven: given[i]))
            .Where(set => set.IsGiven && !set.Parameter.IsOfPopulationsOnly && set.Parameter.IsOfTraining == (set.Parameter.IsOfTraining && isTraining))
            .Aggregate(SimulationParameters.Defaults, (point, set) => set.Parameter.Set(point, set.Value));

    public static TheoryData<string> Names => [.. SimulationParameter.All.Select(parameter => parameter.Name)];

    [Fact]
    public void ALineIsReadAsTheSameParameters() => Points.Sample(point => Assert.Equal(point, ParameterText.Parse(ParameterText.Of(point))));

    [Theory]
    [InlineData("learning_rate")]
    [InlineData("learning_rate=fast")]
    [InlineData("momentum=0.9")]
    [InlineData("batch=1.5")]
    [InlineData("n=3000000000")]
    [InlineData("training_task=chess")]
    [InlineData("train=weights,soul")]
    [InlineData("record=rate,correlations")]
    [InlineData("=1")]
    public void WhatANewerBuildKnowsIsRefusedByName(string pair) =>
        Assert.Contains(pair, Assert.Throws<FormatException>(() => ParameterText.Parse($"n=10 k=5 {pair}")).Message, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Names))]
    public void ADeclarationIsWhole(string name)
    {
        var parameter = SimulationParameter.Find(name)!;

        Assert.Equal(name, parameter.Name);
        Assert.NotEqual("", parameter.Meaning);
        Assert.EndsWith(".", parameter.Help, StringComparison.Ordinal);
        Assert.Equal(parameter.IsText, parameter.Vocabulary.Count > 0);
        Assert.Equal(parameter.IsOfTraining, parameter.Field is null);
        Assert.True(parameter.TryParse(parameter.TextOf(parameter.Default), out var read));
        Assert.Equal(parameter.Default, read);
    }

    [Fact]
    public void NamesAndFieldsAreEachUsedOnce()
    {
        Assert.Equal(SimulationParameter.All.Count, SimulationParameter.All.Select(parameter => parameter.Name).Distinct().Count());
        var fields = SimulationParameter.OfSimulations.Select(parameter => parameter.Field).ToList();
        Assert.Equal(fields.Count, fields.Distinct().Count());
    }

    [Fact]
    public void AParameterChangesNothingButItself() => Points.Sample(point =>
    {
        foreach (var parameter in SimulationParameter.All.Where(parameter => parameter.IsOf(point)))
        {
            var value = ValueOf(parameter, 0.25, 7, 1);
            var changed = parameter.Set(point, value);

            Assert.Equal(value, parameter.Get(changed));
            Assert.Equal(point, parameter.Set(changed, parameter.Get(point)));
            Assert.All(SimulationParameter.All.Where(other => other != parameter), other => Assert.Equal(other.Get(point), other.Get(changed)));
        }
    });

    [Fact]
    public void AKeyTellsApartWhatIsReadAndNothingElse() => Points.Sample(point =>
    {
        foreach (var parameter in SimulationParameter.All.Where(parameter => parameter.IsOf(point)))
        {
            var changed = parameter.Set(point, ValueOf(parameter, 0.25, 7, 1));
            if (changed != point && parameter.IsReadBy(point) && parameter.IsReadBy(changed))
            {
                Assert.NotEqual(PointKey.Of(point), PointKey.Of(changed));
            }
            else if (changed == point || !(parameter.IsReadBy(point) || parameter.IsReadBy(changed)))
            {
                Assert.Equal(PointKey.Of(point), PointKey.Of(changed));
            }
        }
    });

    private static ParameterValue ValueOf(Parameter parameter, double real, long whole, int bits) => parameter.Kind switch
    {
        ParameterKind.Real => ParameterValue.Of(real),
        ParameterKind.Whole => ParameterValue.Of(whole),
        ParameterKind.Count => ParameterValue.Of((long)(int)whole),
        ParameterKind.Word => ParameterValue.Of((long)(uint)bits % parameter.Vocabulary.Count),
        _ => ParameterValue.Of(1L + ((long)(uint)bits % ((1L << (parameter.Vocabulary.Count - parameter.ImpliedWords)) - 1))),
    };
}
