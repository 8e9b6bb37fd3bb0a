return await SparseProp.PetabridgeCmd.Bridge.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
