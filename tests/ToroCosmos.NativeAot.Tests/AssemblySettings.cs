using Xunit;

// The tree of files is one for all.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
