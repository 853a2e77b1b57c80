import { Router } from 'express';
import { enrolBody } from '#shared/api.schema.ts';
import type { Enrolled } from '#shared/api.ts';
import { setCookie } from '../access/cookies.ts';
import { linkOf, seatOf } from '../access/seats.ts';
import { hashToken, newId, newToken } from '../access/tokens.ts';
import { currentSession } from '../storage/courses.ts';
import { addDevice, addPerson, findPerson } from '../storage/people.ts';
import type { PersonRow } from '../storage/schema.ts';
import type { HttpContext } from './context.ts';
import { sendProblem } from './problems.ts';

/**
 * POST /api/devices: enrols this browser for the person a link belongs to (for a taster: a new attendee) and sets their
 * cookie. Happens only when somebody presses *join*, so a mail scanner that follows a link enrols nothing.
 */
export function deviceRoutes({ db, limits, secure, now }: HttpContext): Router {
  return Router().post('/devices', async (request, response) => {
    if (!(await limits.mayTry(request))) return sendProblem(response, 'tooMany');
    const body = enrolBody.safeParse(request.body);
    if (!body.success) return sendProblem(response, 'badRequest');
    const { token, deviceId, name, personId } = body.data;
    const link = await linkOf(db, token, now());
    if ('error' in link) {
      await limits.wrongToken(request);
      return sendProblem(response, link.error);
    }
    const session = await currentSession(db, link.course_id, now());
    if (!session) return sendProblem(response, 'noSession');

    const known = link.person_id ?? personId;
    const seat = known === undefined ? undefined : await seatOf(db, request.headers, known, secure);
    const mine = seat?.person.course_id === link.course_id ? seat : undefined;
    let person = mine?.person ?? (link.person_id === null ? undefined : await findPerson(db, link.person_id));
    if (!person) {
      if (name === undefined) return sendProblem(response, 'nameMissing');
      if (!(await limits.newPerson(request))) return sendProblem(response, 'tooMany');
      person = attendee(link.course_id, name);
      await addPerson(db, person);
    }
    if (mine?.device.device_id !== deviceId) {
      const cookie = newToken();
      const device = { cookie_hash: hashToken(cookie), person_id: person.id, device_id: deviceId, enrolled_at: now() };
      await addDevice(db, { ...device, revoked_at: null });
      response.append('Set-Cookie', setCookie(person.id, cookie, secure));
    }
    const enrolled: Enrolled = { personId: person.id, sessionId: session.id };
    response.json(enrolled);
  });
}

function attendee(courseId: string, name: string): PersonRow {
  const agreement = { agreement_version: null, agreed_at: null };
  return { id: newId(), course_id: courseId, family_id: null, role: 'attendee', name, ...agreement };
}
