using BenchmarkDotNet.Running;
using SparseProp.Benchmarks;

if (args is ["scheduler", .. var options])
{
    return SchedulerThroughput.Run(options);
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
