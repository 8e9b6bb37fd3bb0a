using CsCheck;
using SparseProp.Cli.OperatorConsole;

namespace SparseProp.Cli.Tests.Commands;

public sealed class EditedLineTests
{
    private readonly EditedLine _line = new();

    [Fact]
    public void TextIsEditedWhereTheCursorIs()
    {
        _line.Insert("sweep lst");
        _line.Move(-2);
        _line.Insert("i");
        _line.DeleteAfter();
        _line.MoveToStart();
        _line.DeleteBefore();
        _line.MoveToEnd();
        _line.DeleteBefore();

        Assert.Equal(("sweep li", 8), (_line.Text, _line.Cursor));
    }

    [Fact]
    public void AWordIsDeletedWithTheSpacesAfterIt()
    {
        _line.Insert("sweep status  ");
        _line.DeleteWord();

        Assert.Equal("sweep ", _line.Text);
    }

    [Fact]
    public void EarlierLinesAreRecalledAndTheUnsentOneComesBack()
    {
        Send("one");
        Send("two");
        Send("two");
        _line.Insert("thr");

        _line.RecallEarlier();
        Assert.Equal("two", _line.Text);
        _line.RecallEarlier();
        _line.RecallEarlier();
        Assert.Equal("one", _line.Text);
        _line.RecallLater();
        _line.RecallLater();
        Assert.Equal("thr", _line.Text);
        _line.RecallLater();
        Assert.Equal("thr", _line.Text);
    }

    [Theory]
    [InlineData("sw", "sweep", "sweep ")]
    [InlineData("sweep r", "resume,retry-failed", "sweep re")]
    [InlineData("sweep x", "resume,retry-failed", "sweep x")]
    [InlineData("sweep ", "list", "sweep list ")]
    [InlineData("", "log,lease", "l")]
    public void TheLastWordIsCompletedAsFarAsItIsCertain(string text, string candidates, string completed)
    {
        _line.Insert(text);

        Assert.Equal(text != completed, _line.Complete(candidates.Split(',')));
        Assert.Equal(completed, _line.Text);
    }

    [Fact]
    public void AnyKeysLeaveTheCursorInTheText() => Gen.Int[0, 9].Array[0, 60].Sample(keys =>
    {
        var line = new EditedLine();
        foreach (var key in keys)
        {
            Action act = key switch
            {
                0 => () => line.Insert("ab "),
                1 => line.DeleteBefore,
                2 => line.DeleteAfter,
                3 => line.DeleteWord,
                4 => () => line.Move(-1),
                5 => () => line.Move(2),
                6 => line.RecallEarlier,
                7 => line.RecallLater,
                8 => () => line.Complete(["abacus", "abbey"]),
                _ => () => line.Take(),
            };
            act();
            Assert.InRange(line.Cursor, 0, line.Text.Length);
        }
    });

    private void Send(string text)
    {
        _line.Insert(text);
        Assert.Equal(text, _line.Take());
        Assert.Equal("", _line.Text);
    }
}
