namespace Orca.Plans;

/// <summary>Begins the stages of a scenario's load: <c>Load.Users(200).For(minutes: 5)</c>. Numbers are for the whole swarm.</summary>
public static class Load
{
    /// <summary>So many users at once.</summary>
    /// <param name="users">How many users.</param>
    public static UntimedStage<UsersStage> Users(int users) => RampUsers(users, users);

    /// <summary>Users whose number changes evenly.</summary>
    /// <param name="from">How many at the start.</param>
    /// <param name="to">How many at the end.</param>
    public static UntimedStage<UsersStage> RampUsers(int from, int to) => new(new UsersStage(from, to, TimeSpan.Zero));

    /// <summary>So many arrivals each second.</summary>
    /// <param name="rate">Arrivals per second; at most six decimals.</param>
    public static UntimedStage<RateStage> Rate(decimal rate) => RampRate(rate, rate);

    /// <summary>Arrivals at a rate that changes evenly.</summary>
    /// <param name="from">Arrivals per second at the start; at most six decimals.</param>
    /// <param name="to">Arrivals per second at the end; at most six decimals.</param>
    public static UntimedStage<RateStage> RampRate(decimal from, decimal to) => new(new RateStage(from, to, TimeSpan.Zero));

    /// <summary>A fixed number of iterations.</summary>
    /// <param name="iterations">How many iterations.</param>
    /// <param name="users">How many users share them.</param>
    public static UntimedStage<IterationsStage> Iterations(long iterations, int users) => new(new IterationsStage(iterations, users, TimeSpan.Zero));

    /// <summary>No load.</summary>
    /// <param name="duration">For how long.</param>
    public static PauseStage Pause(TimeSpan duration) => new(duration);

    /// <summary>No load.</summary>
    /// <param name="hours">Hours. Default: 0.</param>
    /// <param name="minutes">Minutes, added to them. Default: 0.</param>
    /// <param name="seconds">Seconds, added to them. Default: 0.</param>
    public static PauseStage Pause(double hours = 0, double minutes = 0, double seconds = 0) =>
        new(UntimedStage<PauseStage>.Sum(hours, minutes, seconds));
}
