using System.Text.Json;
using Microsoft.Extensions.Logging;
using NodaTime;
using NodaTime.Serialization.SystemTextJson;

namespace Orca.TestPackages.Appointments;

/// <summary>Writes an appointment with the first of its people as JSON, by way of its dependency and that one's own.</summary>
public sealed class BookLoadTest(ILogger<BookLoadTest> logger) : ILoadTest
{
    private readonly IReadOnlyList<string> _people = DataFile.Beside<BookLoadTest>("data/people.csv").ReadCsv(row => row["name"]);

    public ValueTask RunAsync(VirtualUser user, CancellationToken ct)
    {
        var options = new JsonSerializerOptions().ConfigureForNodaTime(DateTimeZoneProviders.Tzdb);
        var appointment = JsonSerializer.Serialize(Instant.FromUtc(2026, 1, 2, 3, 4), options);
        logger.LogInformation("Booked {Appointment} for {Person}", appointment, _people[0]);
        return default;
    }
}
