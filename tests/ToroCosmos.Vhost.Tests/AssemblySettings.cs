using Xunit;

// Each machine wants all the host's cores.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
