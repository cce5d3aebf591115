using Xunit;

// One machine at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
