using Xunit.Sdk;
using Xunit.v3;

// Each test runs the whole system in processes of its own; side by side they would only wait for each other.
[assembly: Parallelization(Mode = ParallelMode.None)]
