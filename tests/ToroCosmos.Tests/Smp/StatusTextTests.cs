using System;
using System.Linq;
using ToroCosmos.Acpi;
using ToroCosmos.MultiProcessor;
using ToroCosmos.Platform;
using ToroCosmos.Smp.Startup;
using Xunit;

namespace ToroCosmos.Tests.Smp;

public sealed class StatusTextTests
{
    [Fact]
    public void Every_status_has_words_of_its_own()
    {
        AssertDistinct(Enum.GetValues<AcpiStatus>().Select(AcpiStatusText.Of).ToArray());
        AssertDistinct(Enum.GetValues<RateStatus>().Select(RateStatusText.Of).ToArray());
        AssertDistinct(Enum.GetValues<MpStatus>().Select(MpStatusText.Of).ToArray());
        AssertDistinct(Enum.GetValues<StartStatus>().Select(StartText.Of).ToArray());
        AssertDistinct(Enum.GetValues<StartFailureReason>().Select(StartText.Of).ToArray());
    }

    private static void AssertDistinct(string[] texts)
    {
        Assert.DoesNotContain(texts, text => text.StartsWith("unknown", StringComparison.Ordinal));
        Assert.Equal(texts.Length, texts.Distinct().Count());
    }
}
