using Xunit;

// Builds and machines want all the host's cores.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
