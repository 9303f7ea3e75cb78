using System.Collections.Concurrent;
using System.Security.Claims;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;

namespace TwinTrack.Platform.Tests.Bakery;

/// <summary>Asks the bakery, which is both sender and receiver, for loaves.</summary>
public sealed record BakeBread(string Order, int Loaves);

/// <summary>A toy service with the parts that every real one has: an endpoint, a handler, a job.</summary>
public sealed class BakeryModule(Faults faults) : IServiceModule
{
    public static readonly (Type Message, string From, string[] To)[] Arrows =
        [
            (typeof(BakeBread), "bakery", ["bakery"]),
            (typeof(V1.DeliverBread), "bakery", ["bakery"]),
            (typeof(V2.DeliverBread), "bakery", ["bakery"]),
        ];

    public string Name => "bakery";

    public void AddServices(IHostApplicationBuilder builder)
    {
        builder.AddDatabase<BakeryDb>(Name);
        builder.Services.AddSingleton(faults);
        builder.Services.AddJob<BakeryDb, CountToTen>("count");
    }

    public void AddConsumers(IBusRegistrationConfigurator bus) =>
        new Consumers<BakeryDb>(bus, Name).Handle<BakeBread, BakeBreadHandler>()
            .Handle<V1.DeliverBread, DeliverBreadHandler>().Handle<V2.DeliverBread, DeliverBreadHandler>();

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        var orders = routes.InTransactions<BakeryDb>();
        orders.MapPost("/orders", OrderAsync).RequireRole(Role.Operator);
        orders.MapGet("/loaves", (BakeryDb db) => db.Loaves.CountAsync()).RequireRole(Role.Auditor, Role.Operator);
        routes.MapMessages<BakeryDb>();
        routes.MapAudit<BakeryDb>();
    }

    private static async Task<IResult> OrderAsync(
        BakeBread order, ClaimsPrincipal user, Outbox<BakeryDb> outbox, AuditTrail<BakeryDb> audit,
        CancellationToken cancel)
    {
        if (order.Loaves <= 0)
        {
            return new Refusal("bread.none", "Order at least one loaf.").ToProblem();
        }

        outbox.Send(order);
        await audit.RecordAsync(user.ToActor(), "order-bread", order.Order, new { order.Loaves }, cancel);
        return TypedResults.Accepted($"/bakery/orders/{order.Order}", order);
    }
}

/// <summary>Faults that a test plans.</summary>
public sealed class Faults
{
    private int _handlerThrows;
    private int _stepThrows;

    /// <summary>How many more times the handler fails.</summary>
    public int HandlerThrows { init => _handlerThrows = value; }

    /// <summary>How many more times a step fails after it was committed.</summary>
    public int StepThrows { init => _stepThrows = value; }

    /// <summary>Handlers wait here; a test that wants to see them wait gives a task of its own.</summary>
    public Task Gate { get; init; } = Task.CompletedTask;

    public ConcurrentQueue<string> Log { get; } = new();

    public void InHandler() => Throw(ref _handlerThrows);

    public void AfterStep() => Throw(ref _stepThrows);

    private static void Throw(ref int times)
    {
        if (Interlocked.Decrement(ref times) >= 0)
        {
            throw new IOException("Planned fault.");
        }
    }
}

public sealed class BakeryDb(DbContextOptions<BakeryDb> options) : ServiceDb(options)
{
    public DbSet<Loaf> Loaves => Set<Loaf>();

    public DbSet<BakedOrder> Orders => Set<BakedOrder>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Loaf>().ToTable("loaves").HasKey(loaf => loaf.Number);
        modelBuilder.Entity<Loaf>().Property(loaf => loaf.Number).ValueGeneratedNever();
        modelBuilder.Entity<BakedOrder>().ToTable("orders").HasKey(order => order.Name);
        base.OnModelCreating(modelBuilder);
    }
}

/// <summary>
/// An order that was baked: the business key by which the same order under another message id is known.
/// </summary>
public sealed class BakedOrder
{
    public required string Name { get; init; }
}

public sealed class Loaf
{
    public required long Number { get; init; }

    public required HouseholdId For { get; init; }

    public required DateTimeOffset BakedAt { get; init; }

    public DayOfWeek? Day { get; init; }

    public string? Note { get; init; }
}

internal sealed class BakeBreadHandler(BakeryDb db, Faults faults, TimeProvider clock) : IMessageHandler<BakeBread>
{
    public async Task HandleAsync(BakeBread message, CancellationToken cancel)
    {
        await faults.Gate;
        if (await db.Orders.AnyAsync(order => order.Name == message.Order, cancel))
        {
            return;
        }

        db.Orders.Add(new BakedOrder { Name = message.Order });
        var next = await db.Loaves.MaxAsync(loaf => (long?)loaf.Number, cancel) ?? 0;
        await db.BulkInsertAsync(
            [.. Enumerable.Range(1, message.Loaves)
                .Select(count =>
                    new Loaf { Number = next + count, For = HouseholdId.New(clock), BakedAt = clock.GetUtcNow(),
                        Day = DayOfWeek.Sunday, Note = count == 1 ? "first" : null })],
            cancel);
        faults.InHandler();
    }
}

internal sealed class CountToTen(BakeryDb db, Faults faults) : IJob<BakeryDb>
{
    public async Task<JobStep> StepAsync(Job job, CancellationToken cancel)
    {
        if (job.Done == 10)
        {
            // The last step was committed and its rest was not: a runner that went down in between comes here again.
            return JobStep.Finished;
        }

        await db.InTransactionAsync(
            () =>
            {
                job.Done++;
                job.Cursor = Invariant($"{job.Done}");
                return Task.CompletedTask;
            },
            cancel);
        faults.Log.Enqueue(job.Cursor!);
        faults.AfterStep();
        return job.Done < 10 ? JobStep.Again : JobStep.Finished;
    }
}
