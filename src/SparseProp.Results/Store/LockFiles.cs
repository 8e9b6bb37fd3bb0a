namespace SparseProp.Results.Store;

/// <summary>The two files of a lock.</summary>
/// <param name="LockName">Name of the file that is locked.</param>
/// <param name="OwnerName">Name of the file that says who holds it.</param>
/// <param name="Title">What is locked, for messages: the folder's path follows.</param>
internal sealed record LockFiles(string LockName, string OwnerName, string Title);
