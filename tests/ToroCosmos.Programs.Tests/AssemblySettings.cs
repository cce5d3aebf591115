using Xunit;

// Each machine wants all the host's cores, and the programs redirect the console.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
