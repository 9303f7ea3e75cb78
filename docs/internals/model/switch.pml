/* One obligation, two tracks, and everything that may happen between them.

   The obligation has up to GENS attempts. The bus is a set of facts that were sent: what is in it may be delivered late, in any order, again and again,
   or never, so loss, delay, doubling and reordering need no machinery. A step between atomic { } is one database transaction or one call; anything may
   happen between two of them, also the death of the copy that made the first. Every step changes something, so that a state in which nothing can happen
   any more is an end, and is judged as one.

   A switch stops its scope on the channel that it leaves. The obligation is inside of that scope or not: both are searched.

   Left out: who may vote, amounts, partial payments, files and statements, more than one obligation (none shares anything with another but the gates), and a
   provider that contradicts itself, against which evidence is no help: that is an incident, for people.

   Named after the code: gate, stop, epoch, journal, unit, claim, evidence. Each mutation (-D...) takes one guard away and must be found out;
   each SHOW_ asks for a payment by a long way round, to show that the model goes there. Run by ./twintrack model. */

#define GENS    3
#define ORDERS  3    /* orders to the national gate, numbered from 1 */
#define NOWHERE 2    /* no channel */

#define NATIONAL 0
#define PARALLEL 1

/* Payments: an attempt's state there */
#define NONE      0
#define LIVE      1   /* released; nobody knows more */
#define SETTLED   2
#define WITHDRAWN 3   /* freed: never left (grade A) */
#define FREED     4   /* freed: rejected (A), absent after its validity (A), recalled (B) */

byte attempt[GENS];
byte claim = GENS;    /* which attempt is live; GENS: none. A primary key in the database */
byte last = GENS;     /* the latest attempt released */
bit channel[GENS];
byte stamped[GENS];   /* the epoch that the attempt was routed under */
bit scope;            /* whether the switches are about this obligation */
bit moving;           /* a switch moves what evidence frees */
byte moved;           /* the switch that released the latest attempt */

/* The bus */
bit submit[GENS];     /* SubmitInstructions */
bit reportWithdrawn[GENS], reportFreed[GENS], reportSettled[GENS];

/* Providers: its tables, shared by its copies */
#define UNKNOWN  0
#define QUEUED   1
#define JOURNAL  2    /* a journal line: it may have left */
#define KEPT     3    /* withdrawn: it never leaves */
byte row[GENS];
bit called[GENS];     /* the call was made and marked as made */
bit wanted[GENS];     /* somebody wants it back */
bit lapsed[GENS];     /* its validity is over by our clock */
bit open[2] = { 1, 1 };
byte stop[2];         /* the newest stop of each channel: what is older is covered */
byte obeyed;          /* number of the last order that the national gate obeyed */

/* Two copies of Providers: what each holds between its steps; GENS: nothing */
byte calling[2] = { GENS, GENS };
#ifdef NO_GATE_LOCK
byte looking[2] = { GENS, GENS };
#endif
byte crashes = CRASHES;

/* The providers' own books, by our reference */
#define NEVER_HEARD 0
#define TAKEN       1
#define PAID        2
#define REFUSED     3  /* refused, cancelled or lapsed: never paid any more */
byte book[GENS];

/* Routing: the gate as it has ordered and seen it, and the stops that it has ordered */
#define CLOSED 0
#define OPENED 1
bit order[ORDERS];
byte orders;
byte answered;             /* number of the last order that was acknowledged as the latest */
bit shut;                  /* the national gate was proved closed, and nobody has ordered it open since */
byte under[2] = { 1, 1 };  /* the epoch that Routing has given out; a stop raises it and asks for itself with it */
byte proved[2];            /* the epoch of the last stop that was acknowledged */
bit stopping;              /* a switch stops its scope and does not route yet: what it covers waits */
byte left = NOWHERE;       /* the channel whose stop it has seen proved, until it routes */
bit route = NATIONAL;      /* where new routes of the scope lead */
byte flips = FLIPS;        /* what the operator may still pause and resume */

/* ---- what must always hold ---- */

inline leaves(g)
{
	/* Nothing leaves after a pause is acknowledged, and nothing of the scope after its stop is. */
	assert(channel[g] != NATIONAL || !shut);
	assert(!scope || stamped[g] >= proved[channel[g]]);
	assert(!scope || channel[g] != left);
#ifdef SHOW_BESIDE
	assert(scope || stamped[g] >= proved[channel[g]]);
#endif
}

inline pays(g)
{
	/* Nobody is paid twice, and what was freed was never paid. */
	byte other;
	for (other : 0 .. GENS - 1) {
		assert(other == g || book[other] != PAID);
	}
	other = 0;
	assert(attempt[g] != WITHDRAWN && attempt[g] != FREED);
#ifdef SHOW_MOVED
	assert(!(g == 1 && channel[g] == PARALLEL));
#endif
#ifdef SHOW_RETURNED
	assert(!(g == 2 && channel[g] == NATIONAL));
#endif
}

/* ---- Payments ---- */

#ifdef NO_CLAIM
#define UNCLAIMED true
#else
#define UNCLAIMED (claim == GENS)
#endif

#ifdef ROUTE_WHILE_STOPPING
#define ROUTED true
#else
#define ROUTED (!scope || !stopping)
#endif

inline release(g, by)
{
	claim = g;
	last = g;
	attempt[g] = LIVE;
	channel[g] = (scope -> route : NATIONAL);
	stamped[g] = under[channel[g]];
	submit[g] = 1;
	moved = by;
}

inline frees(g, how)
{
	attempt[g] = how;
	if
	:: claim == g -> claim = GENS
	:: else
	fi
}

byte switches;        /* begun so far; also the number of the one that is going on */

active proctype Payments()
{
	byte g;
end:
	do
	/* The batch is released; its route was stamped long before, under the first epoch. */
	:: atomic { last == GENS -> release(0, 0); channel[0] = NATIONAL; stamped[0] = 1 }

	/* What never left is planned again at any time; what evidence freed, once a switch. */
	:: atomic { last < GENS - 1 && UNCLAIMED && ROUTED && attempt[last] == WITHDRAWN -> g = last + 1; release(g, switches * moving); g = 0 }
	:: atomic { last < GENS - 1 && UNCLAIMED && attempt[last] == FREED && scope && moving && moved != switches -> g = last + 1; release(g, switches); g = 0 }
#ifdef NO_CLAIM
	:: atomic { last < GENS - 1 && attempt[last] == LIVE && moving && moved != switches -> g = last + 1; release(g, switches); g = 0 }
#endif

	/* Reports, in any order. */
	:: atomic { claim < GENS && attempt[claim] == LIVE && reportWithdrawn[claim] -> g = claim; frees(g, WITHDRAWN); g = 0 }
	:: atomic { claim < GENS && attempt[claim] == LIVE && reportFreed[claim] -> g = claim; frees(g, FREED); g = 0 }
	:: atomic { claim < GENS && attempt[claim] == LIVE && reportSettled[claim] -> attempt[claim] = SETTLED }
#ifdef TIMEOUT_IS_FAILURE
	:: atomic { claim < GENS && attempt[claim] == LIVE && row[claim] == JOURNAL -> g = claim; frees(g, FREED); g = 0 }
#endif
	od
}

/* ---- Providers: what its consumers do ---- */

#define COVERED(g) (scope && stamped[g] < stop[channel[g]])

#ifdef NO_EPOCH
#define LATE(g) false
#define BARRED(g) false
#elif defined(NO_ARRIVAL_CHECK)
#define LATE(g) false
#define BARRED(g) COVERED(g)
#else
#define LATE(g) COVERED(g)
#define BARRED(g) COVERED(g)
#endif

inline take(g)
{
	if
	:: LATE(g) -> row[g] = KEPT; reportWithdrawn[g] = 1
	:: else -> row[g] = QUEUED
	fi
}

/* An order to the national gate, with its acknowledgement. */
inline obey(n)
{
	obeyed = n;
	open[NATIONAL] = order[(n) - 1];
	if
	:: n == orders -> answered = n; shut = !open[NATIONAL]
	:: else
	fi
}

/* A stop, with its proof. It moves no gate. One that is asked for again changes nothing. */
#define STOP(c) :: atomic { under[c] > 1 && stop[c] < under[c] -> stop[c] = under[c]; proved[c] = under[c] }

#ifdef UNNUMBERED
/* Each order as it comes, whatever came before. */
bit done[ORDERS];
#define DELIVER(n) :: atomic { orders >= n && !done[(n) - 1] -> done[(n) - 1] = 1; obey(n) }
#else
/* One that comes after a newer one is not obeyed. */
#define DELIVER(n) :: atomic { orders >= n && (n) > obeyed -> obey(n) }
#endif

#define TAKE(g) :: atomic { submit[g] && row[g] == UNKNOWN -> take(g) }

/* An answer about an order, read whenever it was asked for; that the provider has never heard of it says nothing. */
#define HEAR(g) \
	:: atomic { row[g] == JOURNAL && book[g] == PAID && !reportSettled[g] -> reportSettled[g] = 1 } \
	:: atomic { row[g] == JOURNAL && book[g] == REFUSED && !reportFreed[g] -> reportFreed[g] = 1 }

active proctype Consumers()
{
end:
	do
	TAKE(0)
	TAKE(1)
	TAKE(2)
	DELIVER(1)
	DELIVER(2)
	DELIVER(3)
	STOP(NATIONAL)
	STOP(PARALLEL)
	HEAR(0)
	HEAR(1)
	HEAR(2)
	od
}

/* ---- Providers: a copy that submits ---- */

#define TAKEN_BY_US(g) (row[g] == QUEUED && open[channel[g]] && !BARRED(g))

#ifdef NO_GATE_LOCK
#define SEND(g) \
	:: atomic { calling[me] == GENS && looking[me] == GENS && TAKEN_BY_US(g) -> looking[me] = g } \
	:: atomic { looking[me] == g -> looking[me] = GENS; if :: row[g] == QUEUED -> row[g] = JOURNAL; leaves(g); calling[me] = g :: else fi }
#else
/* The gate is held while it is looked at and the journal is written. */
#define SEND(g) :: atomic { calling[me] == GENS && TAKEN_BY_US(g) -> row[g] = JOURNAL; leaves(g); calling[me] = g }
#endif

/* A unit whose call was never marked as made, because its copy died, or is slow and has lost its lease: the same reference once more, past the gate like the first time. */
#ifdef RESEND_PAST_GATE
#define MAY_AGAIN(g) true
#else
#define MAY_AGAIN(g) (open[channel[g]] && !BARRED(g) && !wanted[g])
#endif
#define SEND_AGAIN(g) :: atomic { calling[me] == GENS && calling[1 - me] != g && row[g] == JOURNAL && !called[g] && !lapsed[g] && MAY_AGAIN(g) -> leaves(g); calling[me] = g }

#ifdef NOT_FOUND_IS_FAILURE
#define ASK(g) :: atomic { row[g] == JOURNAL && book[g] == NEVER_HEARD && !reportFreed[g] -> reportFreed[g] = 1 }
#else
#define ASK(g)
#endif

active [2] proctype Copy()
{
	byte me = _pid - 2;
end:
	do
	SEND(0)
	SEND(1)
	SEND(2)
	SEND_AGAIN(0)
	SEND_AGAIN(1)
	SEND_AGAIN(2)
	ASK(0)
	ASK(1)
	ASK(2)
	/* The call arrives, or does not. Either way it is marked as made, if the copy lives. */
	:: atomic { calling[me] < GENS -> if :: book[calling[me]] == NEVER_HEARD -> book[calling[me]] = TAKEN :: true fi; called[calling[me]] = 1; calling[me] = GENS }
	/* It dies before the call, or after it and before the mark. */
	:: atomic { calling[me] < GENS && crashes > 0 -> crashes--; if :: book[calling[me]] == NEVER_HEARD -> book[calling[me]] = TAKEN :: true fi; calling[me] = GENS }
	od
}

/* ---- the providers ---- */

#define LIVE_AT_PROVIDER(g) \
	:: atomic { book[g] == TAKEN -> book[g] = PAID; pays(g) } \
	:: atomic { book[g] == TAKEN -> book[g] = REFUSED } \
	:: atomic { book[g] == NEVER_HEARD && row[g] == JOURNAL && calling[0] != g && calling[1] != g && !lapsed[g] -> lapsed[g] = 1; book[g] = REFUSED }

active proctype Book()
{
end:
	do
	/* In its own time, however late: silence says nothing. One that it never heard of lapses with its validity, which is longer than any call. */
	LIVE_AT_PROVIDER(0)
	LIVE_AT_PROVIDER(1)
	LIVE_AT_PROVIDER(2)
	od
}

/* ---- Routing: the operator and the switch ---- */

inline give(what)
{
	order[orders] = what;
	orders++;
	if
	:: what == OPENED -> shut = 0
	:: else
	fi
}

active proctype Operator()
{
end:
	do
	/* Pauses as he pleases, and resumes what was proved closed, also in the middle of a switch. */
	:: atomic { flips > 0 && orders < ORDERS -> flips--; give(CLOSED) }
	:: atomic { flips > 0 && orders < ORDERS && shut && answered == orders -> flips--; give(OPENED) }
	od
}

#define BACK(g, c) \
	if :: row[g] == QUEUED && channel[g] == c && COVERED(g) -> row[g] = KEPT; reportWithdrawn[g] = 1 :: else fi

#define RECALL(g, c) \
	if :: row[g] == JOURNAL && channel[g] == c && COVERED(g) -> wanted[g] = 1; if :: book[g] == TAKEN -> book[g] = REFUSED :: true fi :: else fi

inline change(from)
{
	atomic { switches++; under[from]++; stopping = 1 };
	/* Not before the proof. */
	atomic { proved[from] == under[from] -> left = from };
	atomic { BACK(0, from); BACK(1, from); BACK(2, from) };
	/* A provider cancels what it has taken and not paid, if it can. */
	atomic { RECALL(0, from); RECALL(1, from); RECALL(2, from) };
	atomic { route = 1 - from; stopping = 0; left = NOWHERE; moving = 1 };
	/* ... and is closed at any time. */
	moving = 0
}

active proctype Switch()
{
	if
	:: scope = 1
	:: true
	fi;
	if
	:: change(NATIONAL)
	:: goto end
	fi;
	if
	:: change(PARALLEL)
	:: goto end
	fi;
	/* A second suspension of what the return brought back. */
	if
	:: change(NATIONAL)
	:: goto end
	fi;
end:	skip
}

/* ---- at the end: nobody is lost ---- */

#define OWNED(g) (attempt[g] != LIVE || row[g] == QUEUED && !open[channel[g]])

active proctype Judge()
{
end:
	do
	:: timeout ->
		/* Whoever is live is waited for by somebody: an operator who has closed the gate. All others have come to an end, and it is the truth. */
		assert(claim == GENS || attempt[claim] == SETTLED || OWNED(claim));
		assert(attempt[0] != SETTLED || book[0] == PAID);
		assert(attempt[1] != SETTLED || book[1] == PAID);
		assert(attempt[2] != SETTLED || book[2] == PAID);
		assert(book[0] != PAID || attempt[0] == SETTLED);
		assert(book[1] != PAID || attempt[1] == SETTLED);
		assert(book[2] != PAID || attempt[2] == SETTLED);
		break
	od
}
