using CsCheck;
using SparseProp.Cli.Display;

namespace SparseProp.Cli.Tests.Display;

public sealed class NewNoticesTests
{
    [Fact]
    public void EveryNoticeIsTakenOnceWhileTheLastOnesAreToldAgain() =>
        Gen.Select(Gen.Int[1, 60].Array[0, 20], Gen.Int[1, 12]).Sample((steps, window) =>
        {
            var notices = new NewNotices();
            List<string> all = [], taken = [];
            foreach (var step in steps)
            {
                all.AddRange(Enumerable.Range(all.Count, Math.Min(step, window)).Select(number => $"notice {number}"));
                taken.AddRange(notices.In([.. all.TakeLast(window)]));
            }

            return all.SequenceEqual(taken);
        });

    [Fact]
    public void WhatARestartedCoordinatorNoticesIsNew()
    {
        var notices = new NewNotices();
        notices.In(["a", "b"]);
        Assert.Empty(notices.In([]));
        Assert.Equal(["a"], notices.In(["a"]));
    }
}
