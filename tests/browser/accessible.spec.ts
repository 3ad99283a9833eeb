import AxeBuilder from '@axe-core/playwright'
import { expect, open, test } from './site.ts'

for (const theme of ['light', 'dark'])
  for (const workspace of ['review', 'rehearse'])
    test(`axe finds nothing serious: ${workspace}, ${theme}`, async ({ site }) => {
      await open(site, `lang=zh-CN&theme=${theme}#/${workspace}`)
      if (workspace === 'rehearse') await site.getByRole('button', { name: '情景' }).first().click()
      const { violations } = await new AxeBuilder({ page: site }).analyze()
      expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
    })
