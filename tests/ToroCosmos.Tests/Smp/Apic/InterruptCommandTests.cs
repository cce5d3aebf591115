using System.Linq;
using ToroCosmos.Smp.Apic;
using Xunit;

namespace ToroCosmos.Tests.Smp.Apic;

public sealed class InterruptCommandTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void A_handler_that_sends_before_any_access_redirects_no_interrupt_and_loses_none(int pendingLooks)
    {
        for (int moment = 1; moment <= 12; moment++)
        {
            var apic = new FakeApic { PendingLooks = pendingLooks };
            int moments = 0;
            apic.Handler = () =>
            {
                if (++moments == moment)
                {
                    Assert.Equal(SendStatus.Sent, apic.Send(7, 0x47));
                }
            };
            Assert.Equal(SendStatus.Sent, apic.Send(3, 0xF0));
            Assert.Equal(SendStatus.Sent, apic.Send(4, 0xF1));

            (uint, uint)[] own = [(3u, 0xF0u), (4u, 0xF1u)];
            Assert.Equal(own, apic.Sent.Where(sent => sent.ApicId != 7));
            Assert.Equal(moments >= moment ? [(7u, 0x47u)] : [], apic.Sent.Where(sent => sent.ApicId == 7));
            Assert.True(moments >= 4);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_interrupt_flag_is_left_as_it_was(bool enabled)
    {
        var apic = new FakeApic { Enabled = enabled, PendingLooks = 3 };

        apic.Send(1, 0x41);
        apic.Send(2, 0x42);

        Assert.Equal(enabled, apic.Enabled);
        Assert.True(apic.FlagChanges > 0);
        Assert.Equal([(1u, 0x41u), (2u, 0x42u)], apic.Sent);
    }

    [Fact]
    public void Interrupts_stay_possible_while_the_one_before_is_pending()
    {
        var apic = new FakeApic { PendingLooks = 50 };
        apic.Send(1, 0x41);
        int handled = 0;
        apic.Handler = () => handled++;

        apic.Send(2, 0x42);

        Assert.True(handled >= 50);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_controller_that_never_gets_rid_of_an_interrupt_is_said_in_bounded_time(bool enabled)
    {
        var apic = new FakeApic { PendingLooks = -1, Enabled = enabled };
        Assert.Equal(SendStatus.Sent, apic.Send(1, 0x41));

        Assert.Equal(SendStatus.NotTaken, apic.Send(2, 0x42));
        Assert.Equal(SendStatus.NotTaken, apic.WaitUntilSent());

        Assert.Equal(enabled, apic.Enabled);
        Assert.Equal([(1u, 0x41u)], apic.Sent);
        Assert.InRange(apic.Looks, 1, (2 * InterruptCommand.Patience) + 1);
    }
}
