'use strict';
/* Whatever comes from the JVM becomes text by textContent or an attribute; nothing here makes markup of text, and the
   page's policy (require-trusted-types-for) would not let it. */
(() => {
  const EVERY = 1000, PATIENCE = 5000, KEPT = 120000, STORED = 'poolwright.token';
  const SVG = 'http://www.w3.org/2000/svg';
  const id = name => document.getElementById(name);

  function el(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value !== null && value !== undefined) made.setAttribute(name, value);
    }
    for (const child of children) made.append(child); // a string becomes a text node
    return made;
  }
  function say(element, text) {
    text = String(text);
    if (element.textContent !== text) element.textContent = text;
  }

  // -- words for numbers

  const many = new Intl.NumberFormat('en-US');
  const count = number => many.format(number);
  const plural = (number, one, more) => count(number) + ' ' + (number === 1 ? one : more || one + 's');
  function time(micros) {
    if (micros < 1000) return micros + ' µs';
    if (micros < 1000000) return short(micros / 1000) + ' ms';
    return short(micros / 1000000) + ' s';
  }
  const short = number => number < 10 ? String(Math.round(number * 10) / 10) : String(Math.round(number));
  function duration(seconds) {
    if (seconds < 60) return seconds.toFixed(1) + ' s';
    if (seconds < 3600) return Math.floor(seconds / 60) + ' min ' + Math.floor(seconds % 60) + ' s';
    return Math.floor(seconds / 3600) + ' h ' + Math.floor(seconds % 3600 / 60) + ' min';
  }
  /** Steps are powers of two of a microsecond. */
  function stepTime(micros) {
    return micros < 0 ? '> 34 s' : time(micros);
  }
  const atMost = latencies => !latencies || latencies.count === 0 ? '–'
      : latencies.p99Micros < 0 ? '> 34 s' : '≤ ' + stepTime(latencies.p99Micros);

  // -- asking

  let token = fromAddress() || stored() || '';
  let state = null, instance = null, chosen = null, lostSince = null, round = 0, timer = 0, asking = false;
  let sort = {by: 'name', down: false};
  const history = new Map(); // by name: {at: [], leased: [], idle: [], waiting: []}, at in milliseconds

  /* A browser may forbid to store anything: then the token is asked for with each load. */
  function stored() {
    try {
      return sessionStorage.getItem(STORED);
    } catch (forbidden) {
      return null;
    }
  }
  function store(value) {
    try {
      if (value === null) sessionStorage.removeItem(STORED);
      else sessionStorage.setItem(STORED, value);
    } catch (forbidden) {
      // kept in memory
    }
  }
  function fromAddress() {
    const found = /[#&]token=([0-9a-f]+)/.exec(location.hash);
    if (!found) return '';
    store(found[1]);
    window.history.replaceState(null, '', location.pathname); // not in a bookmark, nor over a shoulder
    return found[1];
  }

  async function call(path, options) {
    const patience = new AbortController();
    const over = setTimeout(() => patience.abort(), PATIENCE);
    try {
      const response = await fetch(path, {
        ...options, cache: 'no-store', credentials: 'omit', signal: patience.signal,
        headers: {Authorization: 'Bearer ' + token, 'Content-Type': 'application/json'}
      });
      return {status: response.status, body: await response.json()};
    } finally {
      clearTimeout(over);
    }
  }

  async function look() {
    if (asking) return;
    asking = true;
    clearTimeout(timer);
    const began = performance.now();
    let pause = EVERY;
    try {
      if (!token) {
        if (id('key').hidden) askForKey('');
        return;
      }
      const wants = chosen !== null && round++ % 2 === 0;
      const asked = token;
      let answer;
      try {
        answer = await call('/api/state' + (wants ? '?engine=' + encodeURIComponent(chosen) : ''));
      } catch (unreachable) {
        lost('');
        return;
      }
      pause = Math.max(EVERY, 4 * (performance.now() - began)); // thousands of engines: the JVM has other things to do
      if (answer.status === 200) {
        reached(answer.body);
      } else if (answer.status === 401) {
        if (asked === token) {
          token = '';
          store(null);
        }
        askForKey(instance === null ? 'This JVM does not know that token. ' : 'Another JVM answers here now, with a token of its own. ');
      } else {
        lost(answer.body.error || 'status ' + answer.status);
      }
    } finally {
      asking = false;
      if (token && !document.hidden) timer = setTimeout(look, pause);
    }
  }
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) look();
  });
  window.addEventListener('hashchange', () => {
    const other = fromAddress();
    if (other) {
      token = other;
      look();
    }
  });

  function lost(why) {
    lostSince = lostSince || new Date();
    document.body.classList.add('stale');
    id('link').className = 'link lost';
    say(id('link-text'), (why ? why + ', ' : '') + 'not reachable since ' + lostSince.toLocaleTimeString('en-GB'));
    actionsAllowed(false);
  }

  function askForKey(why) {
    lostSince = null;
    document.body.classList.add('stale');
    id('link').className = 'link waiting';
    say(id('link-text'), 'needs its token');
    say(id('key-why'), why + 'The JVM wrote a link to its stderr when it opened this page. Paste that link, or the token at its end.');
    if (id('key').hidden) {
      if (id('ask').open) id('ask').close();
      id('key').hidden = false;
      id('token').value = '';
      id('token').focus();
    }
    actionsAllowed(false);
  }
  id('key').addEventListener('submit', event => {
    event.preventDefault();
    const said = id('token').value.trim();
    const found = /(?:token=)?([0-9a-f]{32})$/i.exec(said);
    token = found ? found[1].toLowerCase() : said.slice(0, 100).replace(/[^\x21-\x7e]/g, '');
    if (found) store(token);
    look();
  });

  function reached(body) {
    if (instance !== null && instance !== body.instance) {
      history.clear();
      details = null;
    }
    instance = body.instance;
    state = body;
    lostSince = null;
    document.body.classList.remove('stale');
    id('link').className = 'link live';
    say(id('link-text'), 'live');
    id('content').hidden = false;
    if (!id('key').hidden) {
      id('key').hidden = true;
      id('engines').focus({preventScroll: true});
    }
    remember(body.engines);
    if (body.shown) details = body.shown;
    if (!body.engines.some(each => each.shownAs === chosen)) {
      chosen = body.engines.length === 1 ? body.engines[0].shownAs : null;
      details = null;
      if (chosen !== null) setTimeout(look, 0);
      round = 0;
    }
    show();
  }

  const LINES = ['leased', 'idle', 'waiting'];
  function remember(engines) {
    const now = performance.now();
    const there = new Set();
    for (const each of engines) {
      there.add(each.shownAs);
      let past = history.get(each.shownAs);
      if (!past) history.set(each.shownAs, past = {at: [], leased: [], idle: [], waiting: []});
      past.at.push(now);
      for (const what of LINES) past[what].push(each[what]);
      while (past.at[0] < now - KEPT) {
        past.at.shift();
        for (const what of LINES) past[what].shift();
      }
    }
    for (const name of history.keys()) if (!there.has(name)) history.delete(name);
  }

  // -- showing

  let details = null;
  const rows = new Map();

  function show() {
    say(id('program'), [state.program, state.pid && 'pid ' + state.pid, 'Java ' + state.java, 'mode ' + state.mode].filter(Boolean).join(' · '));
    document.title = (state.program ? state.program.split('.').pop() + ' · ' : '') + 'Poolwright';
    notices();
    totals();
    engines();
    shown();
    flushes();
    settings();
  }

  function notices() {
    const said = [];
    if (state.outOfOrder) said.push(['bad', 'The agent has taken itself out after too many errors of its own: connections are not pooled. Its log file has the first of them.']);
    else if (state.accidents > 0) said.push(['bad', 'The agent has suppressed ' + plural(state.accidents, 'error') + ' of its own; the application did not notice. Its log file has the first of them.']);
    if (state.mode === 'off') said.push(['', 'The mode is off: the application has plain connections.']);
    if (state.mode === 'observe') said.push(['', 'The mode is observe: nothing is pooled, everything is measured.']);
    for (const problem of state.problems) said.push(['', 'A setting is ignored: ' + problem]);
    rebuild(id('notices'), said, () => said.map(([kind, text]) => el('li', {class: kind || null}, text)));
  }

  /** Makes what is inside anew where it would be another: what somebody is reading, or has focused, stays. */
  function rebuild(element, data, make) {
    const text = JSON.stringify(data);
    if (element.dataset.of !== text) {
      element.dataset.of = text;
      element.replaceChildren(...make());
    }
  }

  function totals() {
    const sum = what => state.engines.reduce((all, each) => all + (each[what] || 0), 0);
    const figures = [
      ['Engines', state.engines.length, ''], ['Leased', sum('leased'), ''], ['Idle', sum('idle'), ''],
      ['Waiting', sum('waiting'), 'warn'], ['Leaked', sum('leaked'), 'bad'], ['Slow flushes', state.slowFlushes ? state.slowFlushes.count : 0, 'warn']];
    rebuild(id('totals'), figures, () => figures.map(([name, value, kind]) =>
        el('div', {class: value > 0 && kind ? kind : null, 'data-total': name}, el('dt', {}, name), el('dd', {}, count(value)))));
  }

  const KEYS = {
    name: each => each.shownAs, leased: each => each.leased, idle: each => each.idle, waiting: each => each.waiting,
    wait: each => rank(each.waits), commit: each => rank(each.commits), opened: each => each.opened, leaked: each => each.leaked || 0};
  const rank = latencies => !latencies || latencies.count === 0 ? -1 : latencies.p99Micros < 0 ? Infinity : latencies.p99Micros;

  function engines() {
    const all = state.engines;
    const wanted = id('filter').value.trim().toLowerCase();
    const listed = all.filter(each => !wanted || (each.shownAs + ' ' + each.url).toLowerCase().includes(wanted));
    const key = KEYS[sort.by];
    listed.sort((one, other) => {
      const a = key(one), b = key(other);
      const order = a < b ? -1 : a > b ? 1 : 0;
      return (sort.down ? -order : order) || (one.shownAs < other.shownAs ? -1 : 1);
    });
    id('engine-tools').hidden = all.length < 2;
    id('no-engine').hidden = listed.length > 0;
    id('engine-scroll').hidden = listed.length === 0;
    say(id('no-engine'), all.length > 0 ? 'No engine is called like that.' : state.mode === 'off'
        ? 'No engine: the mode is off.' : 'No engine yet: one is made when the application’s first connection to a database has been opened.');
    say(id('engines-title'), all.length < 2 ? 'Engines' : listed.length === all.length ? count(all.length) + ' engines' : count(listed.length) + ' of ' + count(all.length) + ' engines');

    const body = id('engine-rows');
    let before = null;
    for (const each of listed) {
      let row = rows.get(each.shownAs);
      if (!row) rows.set(each.shownAs, row = newRow(each.shownAs));
      update(row, each);
      const place = before ? before.nextSibling : body.firstChild;
      if (row.tr !== place) body.insertBefore(row.tr, place);
      before = row.tr;
    }
    const names = new Set(listed.map(each => each.shownAs));
    for (const [name, row] of rows) {
      if (!names.has(name)) {
        row.tr.remove();
        rows.delete(name);
      }
    }
  }

  function newRow(name) {
    const row = {tr: el('tr', {'data-engine': name})};
    row.label = el('span');
    row.url = el('small');
    row.pick = el('button', {type: 'button', class: 'pick'}, row.label, row.url);
    row.pick.addEventListener('click', () => choose(name));
    row.tr.append(el('th', {scope: 'row'}, row.pick));
    const cell = (what, label) => {
      row[what] = el('td', {class: 'n', 'data-col': what, 'data-label': label});
      row.tr.append(row[what]);
    };
    cell('leased', 'Leased');
    cell('idle', 'Idle');
    cell('waiting', 'Waiting');
    row.spark = spark('spark', 100, 24);
    row.tr.append(el('td', {class: 'sparkcell'}, row.spark.svg));
    cell('waits', 'Wait p99');
    cell('commits', 'Commit p99');
    cell('opened', 'Opened');
    cell('leaked', 'Leaked');
    row.used = el('span');
    row.cap = el('span', {class: 'of'});
    row.leased.append(row.used, row.cap);
    return row;
  }

  function number(cell, value, kind) {
    say(cell, count(value));
    cell.className = 'n' + (value === 0 ? ' zero' : kind ? ' ' + kind : '');
  }

  function update(row, each) {
    say(row.label, each.shownAs);
    say(row.url, each.url + (each.state ? ' · ' + each.state : ''));
    say(row.used, count(each.leased));
    say(row.cap, each.pooled && each.overflow >= 0 ? ' / ' + count(each.size + each.overflow) : '');
    number(row.idle, each.idle);
    number(row.waiting, each.waiting, 'hot');
    say(row.waits, atMost(each.waits));
    say(row.commits, atMost(each.commits));
    number(row.opened, each.opened);
    number(row.leaked, each.leaked || 0, 'bad');
    const on = each.shownAs === chosen;
    row.tr.className = on ? 'on' : '';
    row.pick.setAttribute('aria-pressed', on ? 'true' : 'false');
    draw(row.spark, history.get(each.shownAs), each);
  }

  function spark(kind, width, height) {
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('class', kind);
    svg.setAttribute('viewBox', '0 0 ' + width + ' ' + height);
    svg.setAttribute('preserveAspectRatio', 'none');
    svg.setAttribute('role', 'img');
    const made = {svg, width, height};
    for (const what of ['base', 'leased', 'idle', 'waiting']) {
      made[what] = document.createElementNS(SVG, 'path');
      made[what].setAttribute('class', what);
      svg.append(made[what]);
    }
    made.base.setAttribute('d', 'M0 ' + (height - .5) + 'H' + width);
    return made;
  }

  function draw(chart, past, now) {
    const most = Math.max(1, ...past.leased, ...past.idle, ...past.waiting);
    const latest = past.at[past.at.length - 1];
    const x = i => (chart.width - (latest - past.at[i]) * chart.width / KEPT).toFixed(1);
    const y = value => (chart.height - 1.5 - value / most * (chart.height - 4)).toFixed(1);
    const line = values => values.map((value, i) => (i ? 'L' : 'M') + x(i) + ' ' + y(value)).join('');
    const floor = chart.height - .5;
    chart.leased.setAttribute('d', line(past.leased) + 'L' + x(past.leased.length - 1) + ' ' + floor + 'L' + x(0) + ' ' + floor + 'Z');
    chart.idle.setAttribute('d', line(past.idle));
    chart.waiting.setAttribute('d', past.waiting.some(value => value > 0) ? line(past.waiting) : '');
    chart.svg.setAttribute('aria-label', 'Last two minutes: ' + now.leased + ' leased now, at most ' + Math.max(...past.leased)
        + '; ' + now.idle + ' idle, at most ' + Math.max(...past.idle) + '; ' + now.waiting + ' waiting, at most ' + Math.max(...past.waiting));
  }

  for (const th of document.querySelectorAll('th[data-sort]')) {
    th.querySelector('button').addEventListener('click', () => {
      const by = th.dataset.sort;
      sort = {by, down: sort.by === by ? !sort.down : by !== 'name'};
      sorted();
      if (state) engines();
    });
  }
  function sorted() {
    for (const th of document.querySelectorAll('th[data-sort]')) {
      th.setAttribute('aria-sort', th.dataset.sort !== sort.by ? 'none' : sort.down ? 'descending' : 'ascending');
    }
  }
  sorted();
  id('filter').addEventListener('input', () => state && engines());

  function choose(name) {
    const other = chosen !== name;
    chosen = name;
    if (other) {
      details = null;
      round = 0;
    }
    show();
    id('shown-title').focus({preventScroll: true});
    id('shown').scrollIntoView({block: 'nearest', behavior: 'auto'});
    look();
  }

  // -- one engine

  const bigSpark = spark('big', 400, 96);
  id('shown-spark').append(bigSpark.svg);

  function shown() {
    actionsAllowed(lostSince === null && id('key').hidden);
    const each = state.engines.find(one => one.shownAs === chosen);
    id('shown').hidden = !each;
    if (!each) return;
    say(id('shown-title'), each.shownAs);
    say(id('shown-url'), each.url + (each.user ? ' · user ' + each.user : '') + (each.state ? ' · ' + each.state : ''));
    const figures = [
      ['leased', each.leased], ['idle', each.idle], ['waiting', each.waiting],
      ['size', each.pooled ? count(each.size) : 'keeps none'], ['overflow', !each.pooled || each.overflow < 0 ? 'no limit' : count(each.overflow)],
      ['opened', each.opened], ['closed', each.closed], ['sessions reset', each.resets], ['closed instead', each.resetClosings],
      ['leaked', each.leaked || 0], ['closed uncommitted', each.uncommittedCloses], ['nested check-outs', each.nestedCheckouts]];
    rebuild(id('shown-figures'), figures, () => figures.map(([name, value]) =>
        el('div', {'data-figure': name}, el('dt', {}, name), el('dd', {}, typeof value === 'number' ? count(value) : value))));
    draw(bigSpark, history.get(each.shownAs), each);
    if (!details || details.shownAs !== chosen) {
      for (const name of ['holders', 'leaks', 'habits', 'shown-settings']) rebuild(id(name), null, () => []);
      bars('wait', null, null);
      bars('commit', null, null);
      return;
    }
    bars('wait', details.waitSteps, each.waits);
    bars('commit', details.commitSteps, each.commits);
    holders();
    leaks();
    habits();
    rebuild(id('shown-settings'), details.settings, () => [settingsTable(details.settings)]);
  }

  const LAST = 26;
  for (const ticks of document.querySelectorAll('.ticks')) {
    for (const [step, text] of [[0, '1 µs'], [10, '1 ms'], [20, '1 s']]) {
      const tick = el('span', {}, text);
      tick.style.left = (step + 1) / (LAST + 1) * 100 + '%';
      if (step === 0) tick.style.left = '0';
      ticks.append(tick);
    }
  }

  function bars(which, steps, told) {
    const box = id(which + '-bars');
    if (!steps || !told || told.count === 0) {
      say(id(which + '-text'), 'none so far');
      box.setAttribute('aria-label', 'none so far');
      rebuild(box, null, () => []);
      return;
    }
    const text = told.count + ' in all; half ' + (told.p50Micros < 0 ? '> 34 s' : '≤ ' + stepTime(told.p50Micros))
        + ', 99 % ' + atMost(told) + ', slowest ' + time(told.slowestMicros);
    say(id(which + '-text'), count(told.count) + ' · p50 ' + (told.p50Micros < 0 ? '> 34 s' : '≤ ' + stepTime(told.p50Micros)) + ' · p99 ' + atMost(told) + ' · max ' + time(told.slowestMicros));
    box.setAttribute('aria-label', text);
    const most = Math.max(...steps);
    rebuild(box, steps, () => steps.map((value, step) => {
      const from = step === 0 ? 0 : Math.pow(2, step - 1), to = step === LAST ? -1 : Math.pow(2, step);
      const bar = el('i', {title: (step === LAST ? '> 34 s' : (from ? stepTime(from) + ' to ' : 'below ') + stepTime(to)) + ': ' + count(value), class: step > 17 ? 'slow' : null});
      bar.style.height = value === 0 ? '0' : Math.max(4, value / most * 100) + '%';
      return bar;
    }));
  }

  function table(heads, cells) {
    return el('table', {},
        el('thead', {}, el('tr', {}, ...heads.map(([name, kind]) => el('th', {scope: 'col', class: kind || null}, name)))),
        el('tbody', {}, ...cells.map(row => el('tr', {}, ...row.map((cell, i) =>
            el('td', {class: heads[i][1] || null, 'data-label': heads[i][0]}, ...[].concat(cell)))))));
  }
  const code = text => el('span', {class: 'code'}, text);
  function stacked(line, stack) {
    if (!stack || stack.length === 0) return code(line);
    return el('details', {}, el('summary', {class: 'code'}, line), el('pre', {tabindex: '0'}, stack.join('\n')));
  }
  /** As rebuild, and what was open stays open. */
  function relist(name, data, make) {
    const box = id(name);
    const open = new Set([...box.querySelectorAll('details[open] > summary')].map(each => each.textContent));
    const at = box.contains(document.activeElement) && document.activeElement.tagName === 'SUMMARY' ? document.activeElement.textContent : null;
    rebuild(box, data, () => {
      const made = make();
      for (const part of made) {
        for (const each of part.querySelectorAll('details')) {
          if (open.has(each.firstChild.textContent)) each.open = true;
        }
      }
      return made;
    });
    if (at !== null && !box.contains(document.activeElement)) {
      const again = [...box.querySelectorAll('summary')].find(each => each.textContent === at);
      if (again) again.focus({preventScroll: true});
    }
  }

  function holders() {
    // How long is said in place: what somebody reads, or copies, must not be another each time.
    const same = details.holders.map(({heldSeconds, unusedSeconds, ...rest}) => rest);
    relist('holders', same, () => details.holders.length === 0 ? [el('p', {class: 'empty'}, 'Nobody.')] : [table(
        [['Held', 'n'], ['Unused', 'n'], ['Line that acquired it', 'bare'], ['Thread'], ['Now'], ['Last statement']],
        details.holders.map(each => [
          duration(each.heldSeconds), each.inCall ? '' : duration(each.unusedSeconds), stacked(each.line, each.stack), each.thread,
          each.inCall ? 'in a call' : each.inTransaction ? 'in a transaction' : '', each.lastStatement ? code(each.lastStatement) : '']))]);
    details.holders.forEach((each, i) => {
      const cells = id('holders').querySelectorAll('tbody tr')[i].children;
      say(cells[0], duration(each.heldSeconds));
      say(cells[1], each.inCall ? '' : duration(each.unusedSeconds));
    });
  }

  function leaks() {
    relist('leaks', details.leaks, () => details.leaks.length === 0 ? [el('p', {class: 'empty'}, 'None found. A leak is found when the garbage collector has run.')] : [table(
        [['Leaked', 'n bad'], ['Held now', 'n'], ['Line that acquired it', 'bare'], ['Last statement']],
        details.leaks.map(each => [count(each.leaked), count(each.held), stacked(each.line, each.stack), each.lastStatement ? code(each.lastStatement) : '']))]);
  }

  function habits() {
    const lists = [
      ['Closed with uncommitted changes [PW-206]', details.uncommittedCloses],
      ['Statements left open [PW-205]', details.forgottenStatements],
      ['Asked for a second connection while holding one [PW-301]', details.nestedLines]].filter(each => Object.keys(each[1]).length > 0);
    rebuild(id('habits'), lists, () => lists.flatMap(([title, lines]) => [
      el('h3', {}, title),
      el('div', {class: 'list'}, table([['Times', 'n'], ['Line', 'bare']], Object.entries(lines).map(([line, times]) => [count(times), code(line)])))]));
  }

  function flushes() {
    const slow = state.slowFlushes || {count: 0, latest: [], fromMillis: 100};
    say(id('flushes-sub'), 'of ORM sessions, from ' + slow.fromMillis + ' ms on' + (slow.count > slow.latest.length ? '; the latest ' + slow.latest.length + ' of ' + count(slow.count) : ''));
    const shownNow = slow.latest.map(each => ({...each, secondsAgo: each.secondsAgo < 60 ? Math.floor(each.secondsAgo / 10) * 10 : Math.floor(each.secondsAgo / 60) * 60}));
    relist('flushes', shownNow, () => shownNow.length === 0 ? [el('p', {class: 'empty'}, 'None.')] : [table(
        [['Took', 'n'], ['Ago', 'n'], ['Line', 'bare'], ['Session'], ['Why'], ['What'], ['Thread']],
        shownNow.map(each => [
          time(each.millis * 1000), each.secondsAgo < 60 ? '< 1 min' : Math.floor(each.secondsAgo / 60) + ' min', stacked(each.line, each.stack), each.session, each.trigger,
          [[each.inserts, 'insert'], [each.updates, 'update'], [each.deletes, 'delete'], [each.collections, 'collection'], [each.statements, 'statement']]
            .filter(part => part[0] > 0).map(part => plural(part[0], part[1])).join(', ') + (each.failure ? '; failed: ' + each.failure : ''),
          each.thread]))]);
  }

  function settings() {
    const all = id('all-settings').checked;
    const listed = state.settings.filter(each => all || each.origin !== 'default');
    rebuild(id('settings'), [all, listed], () => listed.length === 0
        ? [el('p', {class: 'empty'}, 'All are at their defaults.')] : [settingsTable(listed)]);
  }
  id('all-settings').addEventListener('change', () => state && settings());
  const settingsTable = list => table([['Setting', 'bare name'], ['Value'], ['From'], ...(list.some(each => each.sentence) ? [['What it is', 'quiet bare']] : [])],
      list.map(each => [code(each.name), code(each.value === '' ? 'none' : each.value), each.origin, ...(each.sentence ? [worded(each.sentence)] : [])]));
  /** What is between backticks is a name. */
  const worded = text => text.split('`').map((part, i) => i % 2 ? code(part) : part);

  // -- doing

  const ORDERS = {
    resize: {title: 'Resize', yes: 'Resize', text: each => 'Counts at once, until the engine is made anew. Idle connections beyond the new limits are closed, lent ones when they come back.'},
    'drop-idle': {title: 'Drop idle connections of', yes: 'Drop idle', text: each => plural(each.idle, 'idle connection') + ' will be closed now. What is lent is left alone; the next call opens another.'},
    dispose: {title: 'Dispose of all connections of', yes: 'Dispose', text: each => plural(each.idle, 'idle connection') + ' will be closed now, and ' + plural(each.leased, 'lent one') + ' when they come back. The engine stays usable.'}};
  let pending = null;

  for (const order of Object.keys(ORDERS)) {
    id('do-' + order).addEventListener('click', () => {
      const each = state.engines.find(one => one.shownAs === chosen);
      if (!each || each.state === 'closed') return;
      pending = {order, engine: each.name, from: id('do-' + order)};
      say(id('ask-title'), ORDERS[order].title + ' ' + each.shownAs);
      say(id('ask-text'), ORDERS[order].text(each));
      say(id('ask-yes'), ORDERS[order].yes);
      const sizes = order === 'resize';
      id('ask-sizes').hidden = !sizes;
      id('ask-size').required = id('ask-overflow').required = sizes;
      id('ask-size').value = each.size;
      id('ask-overflow').value = each.overflow;
      id('ask').showModal();
      (sizes ? id('ask-size') : id('ask-no')).focus();
    });
  }
  function actionsAllowed(reachable) {
    const each = state && state.engines.find(one => one.shownAs === chosen);
    for (const order of Object.keys(ORDERS)) {
      id('do-' + order).disabled = !reachable || !each || each.state === 'closed' || !each.pooled;
    }
  }
  id('ask-no').addEventListener('click', () => id('ask').close());
  id('ask').addEventListener('close', () => {
    if (id('ask').open) return; // told late: it is open again, for something else
    if (pending && pending.from.isConnected) pending.from.focus();
    pending = null;
  });
  id('ask-form').addEventListener('submit', async event => {
    event.preventDefault();
    const doing = pending;
    if (!doing) return;
    const body = doing.order === 'resize'
        ? JSON.stringify({size: Number(id('ask-size').value), overflow: Number(id('ask-overflow').value)}) : '{}';
    id('ask').close();
    try {
      const answer = await call('/api/engines/' + encodeURIComponent(doing.engine) + '/' + doing.order, {method: 'POST', body});
      answered(answer.body.text || answer.body.error || 'status ' + answer.status);
    } catch (unreachable) {
      answered('No answer: whether it was done is not known.');
    }
    round = 0;
    look();
  });
  function answered(text) {
    id('answer').hidden = false;
    say(id('answer-text'), text);
  }
  id('answer-close').addEventListener('click', () => {
    id('answer').hidden = true;
    id('shown-title').focus({preventScroll: true});
  });

  look();
})();
