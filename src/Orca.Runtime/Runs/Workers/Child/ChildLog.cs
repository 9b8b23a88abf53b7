using Microsoft.Extensions.Logging;

namespace Orca.Runs.Workers.Child;

/// <summary>Writes what a child logs into the drone's log, under the same categories as long as they are not too many.</summary>
internal sealed class ChildLog(ILoggerFactory loggers)
{
    private const int MostCategories = 200;

    private readonly Dictionary<string, ILogger> _categories = new(StringComparer.Ordinal);
    private readonly ILogger _other = loggers.CreateLogger<ProcessWorker>();

    /// <summary>Called by one thread at a time.</summary>
    public void Write(LogBody body)
    {
        if (!_categories.TryGetValue(body.Category, out var logger))
        {
            logger = _categories.Count < MostCategories ? loggers.CreateLogger(body.Category) : _other;
            if (_categories.Count < MostCategories)
            {
                _categories.Add(body.Category, logger);
            }
        }

        logger.Log(body.Level, new EventId(body.Id, body.Name), body.Text, null, static (text, _) => text);
    }
}
