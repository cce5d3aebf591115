using System;
using ToroCosmos.Seam;
using Xunit;

namespace ToroCosmos.Tests.Seam;

public unsafe class InterruptsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(Interrupts.FirstVector - 1)]
    [InlineData(Interrupts.WakeVector)]
    [InlineData(Interrupts.SpuriousVector)]
    public void A_handler_is_set_for_no_vector_but_those_of_software(byte vector) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Interrupts.SetHandler(vector, null));
}
