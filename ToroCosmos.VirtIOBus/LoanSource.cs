using System;
using ToroCosmos.VirtIOBus.Links;
using ToroCosmos.VirtIOBus.Loans;

namespace ToroCosmos.VirtIOBus;

/// <summary>
/// The return of lent memory, as something to wait for in a wait set: one loan at a time. It stays news until the source
/// watches another one, or none.
/// </summary>
public sealed unsafe class LoanSource : BusSource
{
    private LentLink _lent;

    /// <summary>Makes a source that watches no loan yet. Allocates; for the boot core.</summary>
    /// <param name="endpoint">The end of the bus that will lend.</param>
    public LoanSource(BusEndpoint endpoint)
        : base(endpoint ?? throw new ArgumentNullException(nameof(endpoint)))
    {
    }

    /// <summary>The loan that is watched; no loan when none is.</summary>
    public BusLoan Loan { get; private set; }

    /// <inheritdoc/>
    public override bool CanHaveNews => Loan.Core >= 0;

    /// <summary>Watches a loan from now on, in place of the one before.</summary>
    /// <param name="loan">One that <see cref="BusEndpoint.TryLendTo"/> of the same end gave; no loan to watch none.</param>
    /// <returns>
    /// <see cref="BusStatus.Ok"/>; or, and none is watched then, <see cref="BusStatus.NotLent"/> when it is no loan of this
    /// endpoint, or <see cref="BusStatus.WrongCore"/>.
    /// </returns>
    [AnyCore]
    public BusStatus Watch(BusLoan loan)
    {
        BusStatus status = Endpoint.Find(loan, out _lent);
        Loan = status == BusStatus.Ok ? loan : default;
        return status;
    }

    /// <inheritdoc/>
    public override bool HasNews() => CanHaveNews && _lent.HasNews();

    /// <inheritdoc/>
    public override void RequestWakeUp()
    {
        if (CanHaveNews)
        {
            _lent.RequestWakeUp();
        }
    }

    /// <inheritdoc/>
    public override void SuppressWakeUps()
    {
        if (CanHaveNews)
        {
            _lent.SuppressWakeUps();
        }
    }
}
