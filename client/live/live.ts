import type { Invitation } from '#shared/api.ts';
import type { Command } from '#shared/session/commands.ts';
import type { Ticks } from '#shared/session/state.ts';
import type { CloseCode } from '#shared/socketEvents.ts';
import { openDeviceKeys } from '../keys/deviceKeys.ts';
import { browserKeyStore, forgetSessionKeys } from '../keys/keyStore.ts';
import type { LocalDevices } from '../media/devices.ts';
import { createLocalDevices } from '../media/localDevices.ts';
import { canEncrypt, inAppBrowser } from '../media/support.ts';
import { admissions } from './admissions.ts';
import { agendaActions } from './agendaActions.ts';
import { aside } from './aside.ts';
import { isPutAside, watchAttention } from './attention.ts';
import { findInvitation } from './findInvitation.ts';
import { enrol } from './enrol.ts';
import { forgetGuest } from './guest.ts';
import { localName } from './localName.ts';
import type { Doubt } from './keyring.ts';
import { cannotKeep, noLink, noticeBoard, sayDoubt } from './notice.ts';
import { placeOf } from './place.ts';
import { soundOnlyAction } from './soundOnly.ts';
import { previewActions } from './previewActions.ts';
import type { Actions, Screen } from './screens.ts';
import { holdTab, type TabHold } from './tabLock.ts';
import { isMarked, mark } from './tabMarks.ts';
import { startVisit, type Visit } from './visit.ts';
import { visitScreen } from './visitScreen.ts';
import { wordsReader } from './wordsReader.ts';

const LEAVE_WITHIN_MS = 2_000;

/** The page's one store: which screen, and what can be done. Made outside React, which only draws it. */
export type Live = { screen(): Screen; subscribe(listener: () => void): () => void; actions: Actions };

export function openLive(address: Location): Live {
  const place = placeOf(address);
  const listeners = new Set<() => void>();
  const board = noticeBoard(draw);
  const words = wordsReader(draw);
  const door = admissions({
    visit: () => visit,
    door: () => (screen.at === 'room' ? screen.room.door : []),
    board,
    onChange: draw,
  });
  const away = aside({ devices: () => devices, visit: () => visit, onChange: draw });
  let screen: Screen = { at: 'opening' };
  let invitation: Invitation | null = null;
  let devices: LocalDevices | null = null;
  let started: LocalDevices | null = null;
  let visit: Visit | null = null;
  let tab: TabHold | null = null;
  let lastTicks: Ticks = { privatePlace: false, agreementVersion: 0 };
  let leaving = false;
  let unwatch = (): void => {};

  function show(next: Screen): void {
    screen = next;
    for (const listener of listeners) listener();
  }

  /** Draws the visit as it is now; other screens stay until something shows another. */
  function draw(): void {
    if (!visit || !invitation || !devices) {
      // The join page follows the devices; a fresh object tells React that something is new.
      if (screen.at === 'join') show({ ...screen });
      return;
    }
    const key = visit.key();
    const next = visitScreen({
      invitation,
      visit,
      devices,
      backSoon: away.isOn(),
      notice: board.text(),
      words: words.of(key),
      admitting: door.busy,
    });
    if (next === null) return lost();
    if (next.at === 'ended') return finish(next);
    const comesIn = next.at === 'room' && screen.at !== 'room';
    show(next);
    if (next.at === 'room') door.letKnownStaffIn(next.room);
    // Let in while the phone was locked: nobody should go live without knowing.
    if (comesIn && isPutAside()) goAway();
  }

  /** This device has no place in the session any more: given up while it was offline, or taken on by another device. */
  function lost(): void {
    if (leaving || !invitation || (screen.at !== 'room' && screen.at !== 'waiting')) return;
    if (visit?.held()?.view.people[invitation.personId ?? '']) return closeFor('otherDevice');
    endVisit();
    void showJoin('Your place was given up while you were away. Join again to come back.');
  }

  async function begin(): Promise<void> {
    const app = inAppBrowser(navigator.userAgent);
    if (app !== null) return show({ at: 'inApp', app });
    if (!canEncrypt()) return show({ at: 'unsupported' });
    if (place.kind === 'none') {
      return show({ at: 'refused', code: 'noLink', say: noLink });
    }
    const found = await findInvitation(place);
    if (!found.ok) return show({ at: 'refused', code: found.problem.error, say: found.problem.say });
    invitation = found.value;
    await takeTab(false);
  }

  /** Goes on once this tab has the seat; a guest who is nobody yet needs none. */
  async function takeTab(steal: boolean): Promise<void> {
    if (!invitation) return;
    const { personId } = invitation;
    if (personId !== null) {
      tab = await holdTab(personId, steal, () => closeFor('otherTab'));
      if (tab === null) return show({ at: 'otherTab' });
    }
    if (place.kind === 'seat' && personId !== null && isMarked('here', personId)) await resume(invitation, personId);
    else await showJoin();
  }

  async function showJoin(problem: string | null = null): Promise<void> {
    if (!invitation) return;
    if (invitation.session.phase === 'ended') return show({ at: 'ended', invitation });
    openDevices(invitation);
    show({ at: 'join', invitation, busy: false, problem });
  }

  /** After a reload: whoever has a place in the session takes it again without pressing anything. */
  async function resume(found: Invitation, personId: string): Promise<void> {
    if (found.session.phase === 'ended') return show({ at: 'ended', invitation: found });
    openDevices(found);
    await open(found, personId);
    await visit?.ready;
    if (visit && visit.me() === undefined && visit.held()?.view.phase !== 'ended') {
      endVisit();
      await showJoin();
    }
  }

  function openDevices(found: Invitation): void {
    devices ??= createLocalDevices({ remember: `kinroom-${localName(found)}`, onChange: draw });
  }

  /** Asks for camera and microphone, once; the join page does so when its check is on the screen. */
  function startDevices(): void {
    if (devices === null || started === devices) return;
    started = devices;
    void devices.start();
  }

  const keyStore = (found: Invitation) => browserKeyStore(localName(found));

  async function open(found: Invitation, personId: string): Promise<void> {
    if (!devices) return;
    startDevices();
    const store = keyStore(found);
    const device = await openDeviceKeys(store);
    const { sessionId } = found.session;
    const onDoubt = (doubt: Doubt): void => board.say(sayDoubt(doubt));
    visit = await startVisit({
      personId,
      sessionId,
      store,
      device,
      devices,
      mediaUrl: found.mediaUrl,
      onChange: draw,
      onClosed: closeFor,
      onConnected: away.tell,
      onDoubt,
    });
    away.tell();
    unwatch = watchAttention(devices, goAway);
    draw();
  }

  async function join(name: string | null, ticks: Ticks): Promise<void> {
    if (!invitation || !devices) return;
    lastTicks = ticks;
    show({ at: 'join', invitation, busy: true, problem: null });
    if (place.kind === 'link') {
      const enrolled = await enrol(invitation, place.token, name);
      if (!enrolled.ok) return showJoin(enrolled.problem.say);
      invitation = enrolled.value;
      tab ??= await holdTab(enrolled.value.personId, true, () => closeFor('otherTab'));
    }
    if (invitation.personId === null) return showJoin();
    mark('here', invitation.personId);
    await open(invitation, invitation.personId);
    await enter(false);
  }

  async function enter(takeOver: boolean): Promise<void> {
    if (!visit || !invitation) return;
    const answer = await visit.enter(lastTicks, takeOver);
    if (answer.ok) return draw();
    if (answer.refused === 'elsewhere') return show({ at: 'elsewhere', invitation });
    if (answer.refused === 'ended') return finish({ at: 'ended', invitation });
    endVisit();
    await showJoin(answer.say);
  }

  /** *Use this device*: also after another one took over and this visit was closed. */
  async function enterHere(): Promise<void> {
    if (!visit && invitation?.personId) {
      tab = await holdTab(invitation.personId, true, () => closeFor('otherTab'));
      openDevices(invitation);
      await open(invitation, invitation.personId);
    }
    await enter(true);
  }

  async function give(command: Command): Promise<void> {
    const answer = await visit?.give(command);
    if (answer && !answer.ok) board.say(answer.say);
  }

  function goAway(): void {
    if (screen.at === 'room') away.go();
  }

  async function leave(): Promise<void> {
    leaving = true;
    // At once, also when the server can't be told.
    devices?.stop();
    const farewell = visit?.give({ type: 'leave' });
    if (farewell)
      await Promise.race([farewell, new Promise((done) => setTimeout(done, LEAVE_WITHIN_MS))]).catch(() => {});
    finish(invitation ? { at: 'left', invitation } : { at: 'opening' });
  }

  function endVisit(): void {
    unwatch();
    visit?.close();
    visit = null;
    away.reset();
  }

  /** Out for good: camera and microphone go off, the session's keys are forgotten once it has ended. */
  function finish(last: Screen): void {
    endVisit();
    devices?.stop();
    devices = null;
    tab?.release();
    tab = null;
    if (last.at === 'ended') {
      void forgetSessionKeys(keyStore(last.invitation)).catch(() => {});
      if (place.kind === 'link') forgetGuest(place.token);
    }
    show(last);
  }

  /** What the browser refused (its storage, mostly) leaves nothing to go on with. */
  function stuck(): void {
    finish({ at: 'refused', code: 'broken', say: cannotKeep });
  }

  function closeFor(code: CloseCode): void {
    if (code === 'oldPage') return address.reload();
    if (code === 'signedOut') {
      const say = 'This browser is not signed in to that seat any more. Open your own link again.';
      return finish({ at: 'refused', code, say });
    }
    finish({ at: code });
  }

  const onOff = (kind: 'camera' | 'microphone') => (on: boolean) => devices?.setOn(kind, on);
  const seen = (): string => (screen.at === 'room' ? (screen.room.session.agenda.current?.segmentId ?? '') : '');

  const actions: Actions = {
    preview: previewActions(() => devices, { start: startDevices, speaker: (deviceId) => visit?.setSpeaker(deviceId) }),
    previewState: () => devices?.state() ?? null,
    join: ({ name, ticks }) => void join(name, ticks).catch(() => showJoin(cannotKeep)),
    useThisDevice: () => void enterHere().catch(stuck),
    useThisTab: () => void (invitation ? takeTab(true).catch(stuck) : address.reload()),
    leave: () => void leave(),
    comeBack: () => address.reload(),
    setCamera: onOff('camera'),
    setMicrophone: onOff('microphone'),
    setSoundOnly: soundOnlyAction(() => ({ visit, devices, invitation })),
    startAudio: () => visit?.startAudio(),
    returnFromBackSoon: away.comeBack,
    admit: (personIds) => void door.admit(personIds),
    ...agendaActions(give, seen),
    showWords: () => words.read(visit?.key() ?? null),
    giveUp: stuck,
    dismissNotice: () => board.say(null),
    now: () => visit?.connection.now() ?? Date.now(),
  };

  void begin().catch(stuck);
  return {
    screen: () => screen,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    actions,
  };
}
