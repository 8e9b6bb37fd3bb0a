// Brings the page up to date when the coordinator says that something has changed, and asks before a sweep is cancelled.
// All markup comes from the server; parts of it are replaced, never made here.
'use strict';

const mostNotices = 20;
const connection = document.getElementById('connection');
const dialog = document.getElementById('confirm');
const notices = document.getElementById('notices');
const parts = [...document.querySelectorAll('[data-source]')];
let events;

// What tells an element's successor after its part was replaced.
const keyOf = element => element.closest('form')?.getAttribute('action') ?? element.getAttribute('href') ?? element.getAttribute('aria-label');

function replace(part, nodes) {
  const focused = part.contains(document.activeElement) ? keyOf(document.activeElement) : null;
  const scrolled = [...part.querySelectorAll('.wide')].map(wide => [keyOf(wide), wide.scrollLeft]);
  part.replaceChildren(...nodes);
  for (const [key, left] of scrolled) {
    [...part.querySelectorAll('.wide')].filter(wide => keyOf(wide) === key).forEach(wide => { wide.scrollLeft = left; });
  }
  if (focused) [...part.querySelectorAll('a, button, [tabindex]')].find(element => keyOf(element) === focused)?.focus();
}

async function refresh(part) {
  const begun = Date.now();
  try {
    const answer = await fetch(part.dataset.source, { headers: { Accept: 'text/html' } });
    if (answer.redirected) {
      location.reload();
    } else if (answer.ok) {
      replace(part, new DOMParser().parseFromString(await answer.text(), 'text/html').body.childNodes);
    }
  } catch {
    // The stream of events finds out, too, and says so.
  }
  // What takes the server long is not asked for all the time.
  return Math.max(1000 * part.dataset.seconds, 4 * (Date.now() - begun));
}

// One request at a time for each part, and another where something has changed meanwhile. A question in the air is not pulled away.
async function follow(part) {
  if (part.isBusy) return;
  part.isBusy = true;
  while (part.isStale && !dialog.open) {
    part.isStale = false;
    const pause = await refresh(part);
    await new Promise(resolve => setTimeout(resolve, pause));
  }
  part.isBusy = false;
}

function changed() {
  for (const part of parts) {
    part.isStale = true;
    follow(part);
  }
}

// As the server shows what a browser would obey or hide.
const hidden = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const escapeOf = unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
const visible = text => text.replace(hidden, found => found.split('').map(escapeOf).join(''));

function note(event) {
  const notice = JSON.parse(event.data);
  if (notices && notices.dataset.sweep === notice.sweep) {
    const line = document.createElement('li');
    line.textContent = visible(notice.message);
    notices.prepend(line);
    while (notices.children.length > mostNotices) notices.lastChild.remove();
  }
}

function connect() {
  events?.close();
  events = new EventSource('/api/v1/events');
  events.onopen = () => { connection.hidden = true; changed(); };
  events.onerror = () => {
    connection.hidden = false;
    // A browser gives up where it is refused; a coordinator that begins refuses for a while.
    if (events.readyState === EventSource.CLOSED) setTimeout(connect, 2000);
  };
  for (const name of ['state', 'sweep', 'deleted', 'cluster', 'notice']) events.addEventListener(name, changed);
  events.addEventListener('notice', note);
}

if (parts.length > 0) {
  connect();
  // Browsers allow a site few connections; one that nobody looks at needs none.
  document.addEventListener('visibilitychange', () => { if (document.hidden) events.close(); else connect(); });
}

document.addEventListener('submit', event => {
  const { question } = event.target.dataset;
  if (question) {
    event.preventDefault();
    dialog.dataset.action = event.target.getAttribute('action');
    document.getElementById('question').textContent = question;
    dialog.returnValue = 'no';
    dialog.showModal();
  }
});

dialog.addEventListener('close', () => {
  if (dialog.returnValue === 'yes') {
    const form = document.querySelector(`form[action="${dialog.dataset.action}"]`);
    form?.submit();
  }
  changed();
});
