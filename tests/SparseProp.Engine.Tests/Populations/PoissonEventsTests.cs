using CsCheck;
using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Populations;
using SparseProp.Engine.Populations.Inputs;
using SparseProp.Engine.Random;

namespace SparseProp.Engine.Tests.Populations;

public sealed class PoissonEventsTests
{
    [Fact]
    public void EventsAreThoseOfTheDefinition() => Gen.Select(Gen.ULong, Gen.Double[-2, 9], Gen.Int[1, 100_000]).Sample((stream, logRate, processes) =>
    {
        var rate = Math.Pow(10, logRate) / processes;
        var events = new PoissonEvents(stream, new RateCourse(TimeCourse.Constant(rate)), 1, processes);
        var perTick = rate * processes / Ticks.PerSecond;
        var bits = Enumerable.Range(8, 43).First(m => m == 50 || perTick * Math.Pow(2, m) >= 512);
        for (var window = 0L; window < 3; window++)
        {
            var (key, sum) = (SplitMix64.Mix(stream + ((ulong)window * SplitMix64.Gamma)), 0L);
            for (var c = 0UL; ; c += 2)
            {
                var u = ((SplitMix64.Mix(key + (c * SplitMix64.Gamma)) >> 11) + 1) / 9007199254740992.0;
                var wait = -ElementaryFunctions.Log(u) * (1024 / perTick);
                sum = wait < 1L << (bits + 10) ? sum + (long)Math.Round(wait) : long.MaxValue;
                if (sum >= 1L << (bits + 10))
                {
                    break;
                }

                Assert.Equal((window << bits) + (sum >> 10), events.Tick);
                Assert.Equal((int)((UInt128)SplitMix64.Mix(key + ((c + 1) * SplitMix64.Gamma)) * (ulong)processes >> 64), events.Place);
                events.MoveNext();
            }
        }
    });

    [Fact]
    public void CountsArePoisson()
    {
        // 300 Hz of 10 processes with a sine and with steps: means and variances of the counts in 10 ms.
        foreach (var course in new[]
        {
            TimeCourse.Constant(30), new TimeCourse { Sine = new Sine(30, 30, 100, 1) }, new TimeCourse { Times = [0, 0.005], Values = [30, 30] },
        })
        {
            var events = new PoissonEvents(17, new RateCourse(course), 1, 10);
            var (counts, places) = (new double[20_000], new int[10]);
            for (; Ticks.ToSeconds(events.Tick) < 200; events.MoveNext())
            {
                counts[(int)(Ticks.ToSeconds(events.Tick) / 0.01)]++;
                places[events.Place]++;
            }

            var mean = counts.Average();
            Assert.Equal(3, mean, 5 * Math.Sqrt(3.0 / counts.Length));
            Assert.Equal(1, counts.Average(count => (count - mean) * (count - mean)) / mean, 5 * Math.Sqrt(2.0 / counts.Length));
            Assert.All(places, count => Assert.Equal(6000, count, 5 * Math.Sqrt(6000)));
        }
    }

    [Fact]
    public void CountsReachBack()
    {
        var course = new RateCourse(TimeCourse.Constant(100));
        var (ahead, slow) = (new PoissonEvents(3, course, 1, 1000), new PoissonEvents(3, course, 1, 1000));
        for (var i = 0; i < 20_000; i++)
        {
            ahead.MoveNext();
        }

        for (var i = 1L; i < 15_000; i++)
        {
            var tick = slow.Tick;
            slow.MoveNext();
            if (i % 500 == 0 && slow.Tick > tick)
            {
                Assert.Equal(i, ahead.CountUpTo(tick));
                Assert.Equal(i, slow.CountUpTo(tick));
            }
        }
    }
}
