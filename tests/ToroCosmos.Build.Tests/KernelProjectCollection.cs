using Xunit;

namespace ToroCosmos.Build.Tests;

/// <summary>The tests that share one <see cref="KernelProject"/>.</summary>
[CollectionDefinition(nameof(KernelProjectCollection))]
public sealed class KernelProjectCollection : ICollectionFixture<KernelProject>;
