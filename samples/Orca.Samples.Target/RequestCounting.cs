namespace Orca.Samples.Target;

/// <summary>Counts each request when it arrives, and its status before the answer leaves: who has an answer finds it in the log.</summary>
internal sealed class RequestCounting(RequestDelegate next, TargetLog log, FreezeGate gate)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<UncountedAttribute>() is not null)
        {
            await next(context);
            return;
        }

        var endpoint = log.Counts.Arrived((context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(unknown)");
        context.Response.OnStarting(() =>
        {
            endpoint.Answered(context.Response.StatusCode);
            return Task.CompletedTask;
        });
        try
        {
            await gate.PassAsync(context.RequestAborted);
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted)
        {
            endpoint.Answered(StatusCodes.Status499ClientClosedRequest);
        }
        catch (Exception) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }
}
