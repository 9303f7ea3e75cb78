namespace TwinTrack.Providers.Tests;

/// <summary>The memory of the process is looked at: nothing else may run beside it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredTests
{
    public const string Name = "Measured alone";
}
