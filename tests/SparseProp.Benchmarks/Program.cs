using BenchmarkDotNet.Running;
using SparseProp.Benchmarks;
using SparseProp.Benchmarks.Instants;
using SparseProp.Benchmarks.Statistics;

if (args is ["scheduler", .. var options])
{
    return SchedulerThroughput.Run(options);
}

if (args is ["coordinator", .. var sizes])
{
    return CoordinatorThroughput.Run(sizes);
}

if (args is ["workers", .. var points])
{
    return WorkerScaling.Run(points);
}

if (args is ["predict", .. var shape])
{
    return PredictionFigures.Run(shape);
}

if (args is ["store", .. var store])
{
    return LargeStore.Run(store);
}

if (args is ["instants", .. var none])
{
    return InstantTable.Run(none);
}

if (args is ["statistics", .. var parts])
{
    return StatisticsChecks.Run(parts);
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
