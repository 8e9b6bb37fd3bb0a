using SparseProp.Cli.Commands;

namespace SparseProp.Cli.Tests.Commands;

public sealed class ConfirmationTests
{
    [Theory]
    [InlineData("y")]
    [InlineData(" YES ")]
    public async Task YesIsYes(string answer)
    {
        var question = new StringWriter();

        await new Confirmation(new StringReader(answer), question).RequireAsync("small", TestContext.Current.CancellationToken);

        Assert.Equal("Remove small for good? [y/N] ", question.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("n")]
    [InlineData("yet")]
    public async Task AnythingElseIsNo(string answer)
    {
        var confirmation = new Confirmation(new StringReader(answer), TextWriter.Null);

        var error = await Assert.ThrowsAsync<UserError>(() => confirmation.RequireAsync("small", TestContext.Current.CancellationToken));

        Assert.Equal((1, "nothing was removed"), (error.ExitCode, error.Message));
    }
}
