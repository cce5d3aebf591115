using Xunit;

// The tests build one kernel, each in its own way, and builds want all the host's cores.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
