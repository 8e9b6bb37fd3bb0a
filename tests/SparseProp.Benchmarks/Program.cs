using BenchmarkDotNet.Running;
using SparseProp.Benchmarks;

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

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
