using SparseProp.PetabridgeCmd;
using SparseProp.Results.Texts;

// Nothing that comes from elsewhere reaches a terminal as a command, whoever logs it.
Console.SetOut(new VisibleWriter(Console.Out));
Console.SetError(new VisibleWriter(Console.Error));
return await Bridge.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
