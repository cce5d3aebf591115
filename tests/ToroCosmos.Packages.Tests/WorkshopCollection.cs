using Xunit;

namespace ToroCosmos.Packages.Tests;

/// <summary>The tests that share one <see cref="Workshop"/>.</summary>
[CollectionDefinition(nameof(WorkshopCollection))]
public sealed class WorkshopCollection : ICollectionFixture<Workshop>;
