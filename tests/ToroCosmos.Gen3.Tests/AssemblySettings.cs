using Xunit;

// Each machine wants all the host's cores: side by side they would measure each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
