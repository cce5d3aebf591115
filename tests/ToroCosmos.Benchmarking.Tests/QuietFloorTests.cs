using Xunit;

namespace ToroCosmos.Benchmarking.Tests;

/// <summary>Which floors count as those of a computer that does nothing else.</summary>
public class QuietFloorTests
{
    [Fact]
    public void A_floor_near_what_a_tenth_of_all_reach_is_quiet_and_one_far_above_is_not()
    {
        QuietFloor quiet = Floors(60, 61, 62, 63, 64, 200, 210, 220, 230, 240);

        Assert.True(quiet.IsQuiet(70));
        Assert.False(quiet.IsQuiet(90));
    }

    [Fact]
    public void A_few_floors_far_below_make_no_other_one_loud()
    {
        QuietFloor quiet = Floors(26, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70);

        Assert.True(quiet.IsQuiet(26));
        Assert.True(quiet.IsQuiet(70));
        Assert.False(quiet.IsQuiet(90));
    }

    private static QuietFloor Floors(params double[] floors)
    {
        QuietFloor quiet = new();
        foreach (double floor in floors)
        {
            quiet.Add(floor);
        }

        return quiet;
    }
}
